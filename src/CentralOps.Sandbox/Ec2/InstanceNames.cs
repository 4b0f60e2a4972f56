using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Ec2;

/// <summary>Names that follow from an instance's other members, by AWS's rules.</summary>
internal static class InstanceNames
{
    public const string RootDevice = "/dev/xvda";

    public static string? PrivateDns(Instance instance) => instance.Network is { } network
        ? $"ip-{network.PrivateIp.Replace('.', '-')}.{(IsFirstRegion(instance) ? "ec2" : instance.Region + ".compute")}.internal"
        : null;

    public static string? PublicDns(Instance instance) => instance.Network?.PublicIp is { } address
        ? $"ec2-{address.Replace('.', '-')}.{(IsFirstRegion(instance) ? "compute-1" : instance.Region + ".compute")}.amazonaws.com"
        : null;

    public static string? ProfileArn(Instance instance) => instance.ProfileName is { } name
        ? $"arn:aws:iam::{instance.AccountId}:instance-profile/{name}"
        : null;

    public static string Platform(Instance instance) => instance.Windows ? "Windows" : "Linux/UNIX";

    public static string? ProfileId(Instance instance) => instance.ProfileName is { } name
        ? "AIPA" + new Dice(0, "profile", instance.AccountId, name).Base32(17)
        : null;

    public static string Reason(Instance instance) => instance.State == InstanceState.Running ? "" : "User initiated";

    public static string UsageOperation(Instance instance) => instance.Windows ? "RunInstances:0002" : "RunInstances";

    public static string VolumeId(Instance instance) => "vol-0" + new Dice(0, "volume", instance.Id).Hex(16);

    /// <summary>The root volume as a block device mapping.</summary>
    public static JsonObject RootVolume(Instance instance) => new()
    {
        ["DeviceName"] = RootDevice,
        ["Ebs"] = new JsonObject
        {
            ["AttachTime"] = Ec2Time.Of(instance.LaunchedAt.AddSeconds(1)),
            ["DeleteOnTermination"] = true,
            ["Status"] = "attached",
            ["VolumeId"] = VolumeId(instance),
        },
    };

    // us-east-1 came first, and its names have no region in them.
    private static bool IsFirstRegion(Instance instance) => instance.Region is "us-east-1";
}
