using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates.Networks;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>AWS's structures <c>SecurityGroup</c>, which gathers rules of one port range, and <c>SecurityGroupRule</c>.</summary>
internal static class SecurityGroupShape
{
    public static JsonObject Of(SecurityGroup group, string account, string region) => new()
    {
        ["GroupId"] = group.Id,
        ["GroupName"] = group.Name,
        ["Description"] = group.Description,
        ["OwnerId"] = account,
        ["VpcId"] = group.VpcId,
        ["SecurityGroupArn"] = $"arn:aws:ec2:{region}:{account}:security-group/{group.Id}",
        ["IpPermissions"] = Permissions(group, egress: false, account),
        ["IpPermissionsEgress"] = Permissions(group, egress: true, account),
        ["Tags"] = JsonList.Of(group.Tags),
    };

    public static JsonObject Of(SecurityGroupRule rule, SecurityGroup group, string account, string region)
    {
        var shape = new JsonObject
        {
            ["SecurityGroupRuleId"] = rule.Id,
            ["SecurityGroupRuleArn"] = $"arn:aws:ec2:{region}:{account}:security-group-rule/{rule.Id}",
            ["GroupId"] = group.Id,
            ["GroupOwnerId"] = account,
            ["IsEgress"] = rule.Egress,
            ["IpProtocol"] = rule.Protocol,
            ["FromPort"] = rule.FromPort,
            ["ToPort"] = rule.ToPort,
            ["CidrIpv4"] = rule.Peer.CidrV4,
            ["CidrIpv6"] = rule.Peer.CidrV6,
            ["Tags"] = new JsonArray(),
        };
        if (rule.Peer.GroupId is { } peer)
        {
            shape["ReferencedGroupInfo"] = new JsonObject { ["GroupId"] = peer, ["UserId"] = account };
        }

        if (rule.Description.Length > 0)
        {
            shape["Description"] = rule.Description;
        }

        return shape;
    }

    private static JsonArray Permissions(SecurityGroup group, bool egress, string account) => JsonList.Of(
        group.Rules.Where(rule => rule.Egress == egress).GroupBy(rule => (rule.Protocol, rule.FromPort, rule.ToPort)),
        rules =>
        {
            var permission = new JsonObject
            {
                ["IpProtocol"] = rules.Key.Protocol,
                ["IpRanges"] = Peers(rules, static peer => peer.CidrV4, "CidrIp"),
                ["Ipv6Ranges"] = Peers(rules, static peer => peer.CidrV6, "CidrIpv6"),
                ["PrefixListIds"] = new JsonArray(),
                ["UserIdGroupPairs"] = Peers(rules, static peer => peer.GroupId, "GroupId", account),
            };
            if (rules.Key.Protocol is not "-1")
            {
                permission["FromPort"] = rules.Key.FromPort;
                permission["ToPort"] = rules.Key.ToPort;
            }

            return permission;
        });

    private static JsonArray Peers(IEnumerable<SecurityGroupRule> rules, Func<RulePeer, string?> peer, string member, string? account = null) =>
        JsonList.Of(rules.Where(rule => peer(rule.Peer) is not null), rule => new JsonObject
        {
            [member] = peer(rule.Peer),
            ["Description"] = rule.Description.Length > 0 ? rule.Description : null,
            ["UserId"] = account,
        }.WithoutNulls());

    private static JsonObject WithoutNulls(this JsonObject structure)
    {
        foreach (var absent in structure.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            structure.Remove(absent);
        }

        return structure;
    }
}
