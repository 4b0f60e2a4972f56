using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

internal sealed class DescribeSecurityGroupRules(Estate estate, PageTokens tokens) : Ec2List(estate, tokens)
{
    private static readonly FilterPaths Known = new(("group-id", "GroupId"), ("security-group-rule-id", "SecurityGroupRuleId"));

    public override string Name => "DescribeSecurityGroupRules";

    protected override string Member => "SecurityGroupRules";

    protected override FilterPaths Filters => Known;

    protected override IReadOnlyList<ResourceIds> Ids { get; } =
        [new("SecurityGroupRuleIds", "SecurityGroupRuleId", "sgr-", "InvalidSecurityGroupRuleId.NotFound", "InvalidSecurityGroupRuleId.Malformed", "security group rule ID")];

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call) =>
        resources.Network.Groups.SelectMany(group => group.Rules.Select(rule => SecurityGroupShape.Of(rule, group, call.Caller.AccountId, call.Region)));
}
