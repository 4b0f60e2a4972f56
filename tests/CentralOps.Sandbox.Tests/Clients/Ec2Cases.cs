using System.Text.Json;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Networks;

namespace CentralOps.Sandbox.Tests.Clients;

internal static partial class Cases
{
    private static IReadOnlyList<ClientCase> Ec2
    {
        get
        {
            var (network, fleet) = (Production.Network, Production.Fleet);
            var vpc = network.Vpcs[0];
            var subnet = network.Subnets[0];
            var group = network.FindGroup("web-sg")!;
            var rule = group.Rules[0];
            var template = Production.LaunchTemplates[0];
            var scripted = fleet.Instances.First(instance => instance.UserData is not null);
            return
            [
                new("ec2", "DescribeVpcs") { Judge = Tells("Vpcs", "VpcId", network.Vpcs.Select(vpc => vpc.Id)) },
                new("ec2", "DescribeVpcs") { Region = "eu-north-1", Judge = Counts("Vpcs", 0) },
                new("ec2", "DescribeVpcs", $$"""{"VpcIds": ["{{vpc.Id}}"]}""") { Judge = Counts("Vpcs", 1) },
                new("ec2", "DescribeVpcs", Filter("cidr", vpc.Cidr)) { Judge = Counts("Vpcs", 1) },
                new("ec2", "DescribeVpcs", Filter("is-default", "true")) { Judge = Counts("Vpcs", network.Vpcs.Count(vpc => vpc.IsDefault)) },
                new("ec2", "DescribeVpcs", Filter("colour", "red")) { Error = "InvalidParameterValue" },
                new("ec2", "DescribeVpcs", """{"VpcIds": ["vpc-0123456789abcdef0"]}""") { Error = "InvalidVpcID.NotFound" },
                new("ec2", "DescribeVpcs", """{"VpcIds": ["somewhere"]}""") { Error = "InvalidVpcID.Malformed" },
                new("ec2", "DescribeVpcs", """{"MaxResults": 4}""") { Error = "InvalidParameterValue" },
                new("ec2", "DescribeVpcs", """{"DryRun": true}""") { Error = "DryRunOperation" },
                new("ec2", "DescribeVpcs") { Account = DefaultOrganization.NetworkId, Region = FleetPlan.OptInRegion, Error = "AuthFailure" },
                new("ec2", "DescribeSubnets") { PageSize = 5, Judge = Tells("Subnets", "SubnetId", network.Subnets.Select(subnet => subnet.Id)) },
                new("ec2", "DescribeSubnets", Filter("vpc-id", vpc.Id)) { Judge = Counts("Subnets", network.Subnets.Count(subnet => subnet.VpcId == vpc.Id)) },
                new("ec2", "DescribeSubnets", Filter("availabilityZone", "us-east-1?")) { Judge = Counts("Subnets", network.Subnets.Count) },
                new("ec2", "DescribeSubnets", Filter("map-public-ip-on-launch", "false")) { Judge = Counts("Subnets", network.PrivateSubnets.Count) },
                new("ec2", "DescribeSubnets", """{"SubnetIds": ["subnet-0123456789abcdef0"]}""") { Error = "InvalidSubnetID.NotFound" },
                new("ec2", "DescribeSecurityGroups") { PageSize = 5, Judge = Tells("SecurityGroups", "GroupId", network.Groups.Select(group => group.Id)) },
                new("ec2", "DescribeSecurityGroups", $$"""{"GroupIds": ["{{group.Id}}"]}""") { Judge = answer => JudgeGroup(answer, group) },
                new("ec2", "DescribeSecurityGroups", Filter("group-name", "web-*")) { Judge = Tells("SecurityGroups", "GroupName", ["web-sg"]) },
                new("ec2", "DescribeSecurityGroups", Filter("ip-permission.cidr", "0.0.0.0/0")) { Judge = Counts("SecurityGroups", network.Groups.Count(group => group.Rules.Any(rule => !rule.Egress && rule.Peer.CidrV4 == "0.0.0.0/0"))) },
                new("ec2", "DescribeSecurityGroups", Filter("ip-permission.group-id", group.Id)) { Judge = Counts("SecurityGroups", network.Groups.Count(other => other.Rules.Any(rule => rule.Peer.GroupId == group.Id))) },
                new("ec2", "DescribeSecurityGroups", """{"GroupIds": ["sg-0123456789abcdef0"]}""") { Error = "InvalidGroup.NotFound" },
                new("ec2", "DescribeSecurityGroups", """{"GroupIds": ["web"]}""") { Error = "InvalidGroupId.Malformed" },
                new("ec2", "DescribeSecurityGroupRules", Filter("group-id", group.Id)) { Judge = Tells("SecurityGroupRules", "SecurityGroupRuleId", group.Rules.Select(rule => rule.Id)) },
                new("ec2", "DescribeSecurityGroupRules") { PageSize = 7, Judge = Counts("SecurityGroupRules", network.Groups.Sum(group => group.Rules.Count)) },
                new("ec2", "DescribeSecurityGroupRules", $$"""{"SecurityGroupRuleIds": ["{{rule.Id}}"]}""") { Judge = Counts("SecurityGroupRules", 1) },
                new("ec2", "DescribeSecurityGroupRules", """{"SecurityGroupRuleIds": ["sgr-0123456789abcdef0"]}""") { Error = "InvalidSecurityGroupRuleId.NotFound" },
                new("ec2", "DescribeAvailabilityZones") { Judge = Tells("AvailabilityZones", "ZoneName", ["us-east-1a", "us-east-1b", "us-east-1c"]) },
                new("ec2", "DescribeAvailabilityZones", """{"ZoneIds": ["use1-az2"]}""") { Judge = Tells("AvailabilityZones", "ZoneName", ["us-east-1b"]) },
                new("ec2", "DescribeRegions") { Judge = Counts("Regions", 18) },
                new("ec2", "DescribeRegions") { Account = DefaultOrganization.NetworkId, Judge = Counts("Regions", 17) },
                new("ec2", "DescribeRegions", """{"AllRegions": true, "Filters": [{"Name": "opt-in-status", "Values": ["opted-in"]}]}""") { Judge = Tells("Regions", "RegionName", [FleetPlan.OptInRegion]) },
                new("ec2", "DescribeInstances") { PageSize = 7, Judge = answer => Items(answer, "Reservations").SelectMany(reservation => Items(reservation, "Instances")).Count().ShouldBe(58) },
                new("ec2", "DescribeInstances", Filter("instance.group-id", group.Id)) { Judge = answer => Items(answer, "Reservations").SelectMany(reservation => Items(reservation, "Instances")).Count().ShouldBe(fleet.Instances.Count(instance => instance.Network?.GroupId == group.Id)) },
                new("ec2", "DescribeInstances", Filter("network-interface.subnet-id", subnet.Id)) { Judge = answer => Items(answer, "Reservations").SelectMany(reservation => Items(reservation, "Instances")).Count().ShouldBe(fleet.Instances.Count(instance => instance.Network?.SubnetId == subnet.Id)) },
                new("ec2", "DescribeInstanceAttribute", $$"""{"InstanceId": "{{scripted.Id}}", "Attribute": "userData"}""") { Judge = answer => System.Text.Encoding.UTF8.GetString(answer.GetProperty("UserData").GetProperty("Value").GetBytesFromBase64()).ShouldBe(scripted.UserData) },
                new("ec2", "DescribeInstanceAttribute", $$"""{"InstanceId": "{{scripted.Id}}", "Attribute": "instanceType"}""") { Judge = answer => answer.GetProperty("InstanceType").GetProperty("Value").GetString().ShouldBe(scripted.Hardware.Type) },
                new("ec2", "DescribeInstanceAttribute", $$"""{"InstanceId": "{{scripted.Id}}", "Attribute": "groupSet"}"""),
                new("ec2", "DescribeInstanceAttribute", """{"InstanceId": "i-0123456789abcdef0", "Attribute": "userData"}""") { Error = "InvalidInstanceID.NotFound" },
                new("ec2", "DescribeLaunchTemplates") { PageSize = 2, Judge = Tells("LaunchTemplates", "LaunchTemplateId", Production.LaunchTemplates.Select(template => template.Id)) },
                new("ec2", "DescribeLaunchTemplates", Filter("launch-template-name", template.Name)) { Judge = Counts("LaunchTemplates", 1) },
                new("ec2", "DescribeLaunchTemplates", """{"LaunchTemplateNames": ["nothing"]}""") { Error = "InvalidLaunchTemplateName.NotFoundException" },
                new("ec2", "DescribeLaunchTemplateVersions", $$"""{"LaunchTemplateId": "{{template.Id}}"}""") { Judge = Counts("LaunchTemplateVersions", template.Versions.Count) },
                new("ec2", "DescribeLaunchTemplateVersions", """{"Versions": ["$Latest"]}""") { Judge = Counts("LaunchTemplateVersions", Production.LaunchTemplates.Count) },
                new("ec2", "DescribeLaunchTemplateVersions", $$"""{"LaunchTemplateName": "{{template.Name}}", "Versions": ["$Default"]}""") { Judge = Counts("LaunchTemplateVersions", 1) },
                new("ec2", "DescribeLaunchTemplateVersions", $$"""{"LaunchTemplateId": "{{template.Id}}", "Versions": ["99"]}""") { Error = "InvalidLaunchTemplateId.VersionNotFound" },
                new("ec2", "DescribeLaunchTemplateVersions") { Error = "MissingParameter" },
                new("ec2", "DescribeVpcs") { Account = DefaultOrganization.PaymentsId, Error = "UnauthorizedOperation" },
                new("ec2", "DescribeVpcs") { Account = DefaultOrganization.PaymentsId, Region = "eu-west-1", Judge = answer => Items(answer, "Vpcs").ShouldNotBeEmpty() },
            ];
        }
    }

    private static void JudgeGroup(JsonElement answer, SecurityGroup group)
    {
        var found = answer.GetProperty("SecurityGroups")[0];
        found.GetProperty("GroupName").GetString().ShouldBe(group.Name);
        var open = Items(found, "IpPermissions").Single(permission => permission.GetProperty("FromPort").GetInt32() == 443);
        Items(open, "IpRanges").Single().GetProperty("CidrIp").GetString().ShouldBe("0.0.0.0/0");
        Items(open, "Ipv6Ranges").Single().GetProperty("CidrIpv6").GetString().ShouldBe("::/0");
        Items(found, "IpPermissionsEgress").Single().GetProperty("IpProtocol").GetString().ShouldBe("-1");
    }
}
