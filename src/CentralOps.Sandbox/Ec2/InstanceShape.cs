using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Ec2;

/// <summary>AWS's structure <c>Instance</c> as JSON, written once an instance: estates do not change.</summary>
internal static class InstanceShape
{
    private static readonly ConditionalWeakTable<Instance, byte[]> Written = [];

    public static ReadOnlySpan<byte> Of(Instance instance) => Written.GetValue(instance, Write);

    private static byte[] Write(Instance instance)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteIdentity(json, instance);
            WritePlace(json, instance);
            WriteNetwork(json, instance);
            WriteTags(json, instance);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteIdentity(Utf8JsonWriter json, Instance instance)
    {
        json.WriteString("InstanceId", instance.Id);
        json.WriteString("ImageId", instance.ImageId);
        json.WriteStartObject("State");
        json.WriteNumber("Code", instance.State.Code);
        json.WriteString("Name", instance.State.Name);
        json.WriteEndObject();
        json.WriteString("PrivateDnsName", InstanceNames.PrivateDns(instance) ?? "");
        json.WriteString("PublicDnsName", InstanceNames.PublicDns(instance) ?? "");
        json.WriteString("StateTransitionReason", InstanceNames.Reason(instance));
        json.WriteString("KeyName", instance.KeyName);
        json.WriteNumber("AmiLaunchIndex", instance.LaunchIndex);
        json.WriteString("InstanceType", instance.Hardware.Type);
        json.WriteString("LaunchTime", instance.LaunchedAt.UtcDateTime);
        json.WriteString("Architecture", instance.Hardware.Architecture);
        json.WriteString("ClientToken", instance.ClientToken);
        json.WriteBoolean("EbsOptimized", true);
        json.WriteBoolean("EnaSupport", true);
        json.WriteString("Hypervisor", "xen");
        json.WriteString("VirtualizationType", "hvm");
        json.WriteString("RootDeviceName", InstanceNames.RootDevice);
        json.WriteString("RootDeviceType", "ebs");
        json.WriteString("PlatformDetails", InstanceNames.Platform(instance));
        json.WriteString("UsageOperation", InstanceNames.UsageOperation(instance));
        if (instance.Windows)
        {
            json.WriteString("Platform", "windows");
        }

        if (instance.Spot)
        {
            json.WriteString("InstanceLifecycle", "spot");
        }

        if (instance.ProfileName is not null)
        {
            json.WriteStartObject("IamInstanceProfile");
            json.WriteString("Arn", InstanceNames.ProfileArn(instance));
            json.WriteString("Id", InstanceNames.ProfileId(instance));
            json.WriteEndObject();
        }
    }

    private static void WritePlace(Utf8JsonWriter json, Instance instance)
    {
        json.WriteStartObject("Placement");
        json.WriteString("AvailabilityZone", instance.AvailabilityZone);
        json.WriteString("AvailabilityZoneId", Zones.IdOf(instance.AvailabilityZone));
        json.WriteString("GroupName", "");
        json.WriteString("Tenancy", "default");
        json.WriteEndObject();
        json.WriteStartObject("Monitoring");
        json.WriteString("State", instance.Monitored ? "enabled" : "disabled");
        json.WriteEndObject();
        json.WriteStartObject("CpuOptions");
        json.WriteNumber("CoreCount", instance.Hardware.Cores);
        json.WriteNumber("ThreadsPerCore", instance.Hardware.ThreadsPerCore);
        json.WriteEndObject();
        json.WriteStartObject("MetadataOptions");
        json.WriteString("State", "applied");
        json.WriteString("HttpTokens", "required");
        json.WriteNumber("HttpPutResponseHopLimit", 2);
        json.WriteString("HttpEndpoint", "enabled");
        json.WriteEndObject();
    }

    private static void WriteNetwork(Utf8JsonWriter json, Instance instance)
    {
        if (instance.Network is not { } network)
        {
            return;
        }

        json.WriteString("VpcId", network.VpcId);
        json.WriteString("SubnetId", network.SubnetId);
        json.WriteString("PrivateIpAddress", network.PrivateIp);
        if (network.PublicIp is not null)
        {
            json.WriteString("PublicIpAddress", network.PublicIp);
        }

        json.WriteBoolean("SourceDestCheck", true);
        json.WriteStartArray("BlockDeviceMappings");
        InstanceNames.RootVolume(instance).WriteTo(json);
        json.WriteEndArray();
        WriteGroups(json, "SecurityGroups", network);
        json.WriteStartArray("NetworkInterfaces");
        json.WriteStartObject();
        json.WriteString("NetworkInterfaceId", network.InterfaceId);
        json.WriteString("MacAddress", network.MacAddress);
        json.WriteString("OwnerId", instance.AccountId);
        json.WriteString("PrivateIpAddress", network.PrivateIp);
        json.WriteString("Status", "in-use");
        json.WriteString("SubnetId", network.SubnetId);
        json.WriteString("VpcId", network.VpcId);
        WriteGroups(json, "Groups", network);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter json, string member, InstanceNetwork network)
    {
        json.WriteStartArray(member);
        json.WriteStartObject();
        json.WriteString("GroupId", network.GroupId);
        json.WriteString("GroupName", network.GroupName);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, Instance instance)
    {
        json.WriteStartArray("Tags");
        foreach (var tag in instance.Tags)
        {
            json.WriteStartObject();
            json.WriteString("Key", tag.Key);
            json.WriteString("Value", tag.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
