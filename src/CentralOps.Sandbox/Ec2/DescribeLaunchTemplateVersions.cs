using System.Globalization;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>The versions of one template, or of all with <c>$Latest</c> or <c>$Default</c>.</summary>
internal sealed class DescribeLaunchTemplateVersions(Estate estate, PageTokens tokens) : Ec2List(estate, tokens)
{
    private static readonly FilterPaths Known = new(
        ("create-time", "CreateTime"),
        ("ebs-optimized", "LaunchTemplateData.EbsOptimized"),
        ("http-endpoint", "LaunchTemplateData.MetadataOptions.HttpEndpoint"),
        ("http-tokens", "LaunchTemplateData.MetadataOptions.HttpTokens"),
        ("iam-instance-profile", "LaunchTemplateData.IamInstanceProfile.Name"),
        ("image-id", "LaunchTemplateData.ImageId"),
        ("instance-type", "LaunchTemplateData.InstanceType"),
        ("is-default-version", "DefaultVersion"),
        ("kernel-id", "LaunchTemplateData.KernelId"),
        ("ram-disk-id", "LaunchTemplateData.RamDiskId"));

    public override string Name => "DescribeLaunchTemplateVersions";

    protected override string Member => "LaunchTemplateVersions";

    protected override FilterPaths Filters => Known;

    protected override PageRules Pages => DescribeLaunchTemplates.TemplatePages;

    protected override IReadOnlyList<ResourceIds> Ids => [];

    protected override ServiceError? Check(OperationCall call, RegionResources resources)
    {
        var (id, name, versions) = (call.Text("LaunchTemplateId"), call.Text("LaunchTemplateName"), call.Texts("Versions"));
        if (id is not null && name is not null)
        {
            return new ServiceError("InvalidParameterCombination", "The parameters LaunchTemplateId and LaunchTemplateName cannot be used together.");
        }

        if (id is null && name is null)
        {
            return versions.Count > 0 && versions.All(version => version is "$Latest" or "$Default")
                ? null
                : new ServiceError("MissingParameter", "Either a launch template ID or a launch template name must be specified in the request.");
        }

        if (Find(resources, id, name) is not { } template)
        {
            return id is null
                ? new ServiceError("InvalidLaunchTemplateName.NotFoundException", $"The specified launch template, with template name {name}, does not exist.")
                : new ServiceError("InvalidLaunchTemplateId.NotFound", $"The specified launch template, with template ID {id}, does not exist.");
        }

        var absent = versions.FirstOrDefault(version => !template.Versions.Any(candidate => Is(version, candidate, template)));
        return absent is null ? null : new ServiceError("InvalidLaunchTemplateId.VersionNotFound", $"Could not find launch template version {absent} for launch template {template.Id}.");
    }

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call)
    {
        var (id, name, versions) = (call.Text("LaunchTemplateId"), call.Text("LaunchTemplateName"), call.Texts("Versions"));
        var (min, max) = (Number(call.Text("MinVersion")) ?? 1, Number(call.Text("MaxVersion")) ?? int.MaxValue);
        var templates = id is null && name is null ? resources.LaunchTemplates : [Find(resources, id, name)!];
        return
            from template in templates
            from version in template.Versions.Reverse()
            where versions.Count == 0 ? version.Number >= min && version.Number <= max : versions.Any(asked => Is(asked, version, template))
            select LaunchTemplateShape.Of(template, version, call.Caller.AccountId);
    }

    private static LaunchTemplate? Find(RegionResources resources, string? id, string? name) => resources.LaunchTemplates.FirstOrDefault(
        template => string.Equals(template.Id, id, StringComparison.Ordinal) || string.Equals(template.Name, name, StringComparison.Ordinal));

    private static bool Is(string asked, LaunchTemplateVersion version, LaunchTemplate template) => asked switch
    {
        "$Latest" => version.Number == template.Versions.Count,
        "$Default" => version.Number == template.DefaultVersion,
        _ => Number(asked) == version.Number,
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
