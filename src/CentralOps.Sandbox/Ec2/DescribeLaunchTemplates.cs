using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

internal sealed class DescribeLaunchTemplates(Estate estate, PageTokens tokens) : Ec2List(estate, tokens)
{
    public static readonly PageRules TemplatePages = Ec2Errors.Pages(1, 200);

    private static readonly FilterPaths Known = new(("create-time", "CreateTime"), ("launch-template-name", "LaunchTemplateName"));

    public override string Name => "DescribeLaunchTemplates";

    protected override string Member => "LaunchTemplates";

    protected override FilterPaths Filters => Known;

    protected override PageRules Pages => TemplatePages;

    protected override IReadOnlyList<ResourceIds> Ids { get; } =
    [
        new("LaunchTemplateIds", "LaunchTemplateId", "lt-", "InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateId.Malformed", "specified launch template, with template ID"),
        new("LaunchTemplateNames", "LaunchTemplateName", null, "InvalidLaunchTemplateName.NotFoundException", "InvalidLaunchTemplateName.NotFoundException", "specified launch template, with template name"),
    ];

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call) => resources.LaunchTemplates.Select(template => new JsonObject
    {
        ["LaunchTemplateId"] = template.Id,
        ["LaunchTemplateName"] = template.Name,
        ["CreateTime"] = Ec2Time.Of(template.CreatedAt),
        ["CreatedBy"] = $"arn:aws:iam::{call.Caller.AccountId}:root",
        ["DefaultVersionNumber"] = template.DefaultVersion,
        ["LatestVersionNumber"] = template.Versions.Count,
        ["Tags"] = JsonList.Of(template.Tags),
    });
}
