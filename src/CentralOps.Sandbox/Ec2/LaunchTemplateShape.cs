using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>AWS's structure <c>LaunchTemplateVersion</c>.</summary>
internal static class LaunchTemplateShape
{
    public static JsonObject Of(LaunchTemplate template, LaunchTemplateVersion version, string account) => new()
    {
        ["LaunchTemplateId"] = template.Id,
        ["LaunchTemplateName"] = template.Name,
        ["VersionNumber"] = version.Number,
        ["VersionDescription"] = version.Description,
        ["CreateTime"] = Ec2Time.Of(version.CreatedAt),
        ["CreatedBy"] = $"arn:aws:iam::{account}:root",
        ["DefaultVersion"] = version.Number == template.DefaultVersion,
        ["LaunchTemplateData"] = new JsonObject
        {
            ["ImageId"] = version.ImageId,
            ["InstanceType"] = version.InstanceType,
            ["EbsOptimized"] = true,
            ["SecurityGroupIds"] = JsonList.Of(version.GroupIds),
            ["IamInstanceProfile"] = version.ProfileName is { } profile ? new JsonObject { ["Name"] = profile } : null,
            ["MetadataOptions"] = new JsonObject { ["HttpEndpoint"] = "enabled", ["HttpTokens"] = "required" },
            ["UserData"] = version.UserData is { } script ? Convert.ToBase64String(Encoding.UTF8.GetBytes(script)) : null,
        },
    };
}
