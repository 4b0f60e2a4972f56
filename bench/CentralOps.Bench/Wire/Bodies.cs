using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Bench.Wire;

/// <summary>Answers of a size that fleets have, written by the server half so that they are what is on the wire.</summary>
internal static class Bodies
{
    public static WireResponse Instances(int count) => Write(ModelLibrary.Operation("ec2", "DescribeInstances"), json =>
    {
        json.WriteStartArray("Reservations");
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            json.WriteString("ReservationId", $"r-{i:x17}");
            json.WriteString("OwnerId", "222222222222");
            json.WriteStartArray("Instances");
            Instance(json, i);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static WireResponse Accounts(int count) => Write(ModelLibrary.Operation("organizations", "ListAccounts"), json =>
    {
        json.WriteStartArray("Accounts");
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            json.WriteString("Id", $"{100000000000L + i}");
            json.WriteString("Arn", $"arn:aws:organizations::100000000000:account/o-a1b2c3d4e5/{100000000000L + i}");
            json.WriteString("Email", $"aws+{i}@example.com");
            json.WriteString("Name", $"Workload {i} Production");
            json.WriteString("Status", "ACTIVE");
            json.WriteString("JoinedMethod", "CREATED");
            json.WriteString("JoinedTimestamp", new DateTime(2021, 3, 4, 5, 6, 7, DateTimeKind.Utc).AddMinutes(i));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static WireResponse Functions(int count) => Write(ModelLibrary.Operation("lambda", "ListFunctions"), json =>
    {
        json.WriteStartArray("Functions");
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            json.WriteString("FunctionName", $"orders-worker-{i}");
            json.WriteString("FunctionArn", $"arn:aws:lambda:us-east-1:222222222222:function:orders-worker-{i}");
            json.WriteString("Runtime", "python3.13");
            json.WriteString("Role", "arn:aws:iam::222222222222:role/service-role/orders-worker");
            json.WriteString("Handler", "app.handler");
            json.WriteNumber("CodeSize", 1048576 + i);
            json.WriteString("Description", "Takes orders from the queue and books them");
            json.WriteNumber("Timeout", 30);
            json.WriteNumber("MemorySize", 512);
            json.WriteString("LastModified", "2026-09-01T10:11:12.000+0000");
            json.WriteString("CodeSha256", "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=");
            json.WriteString("Version", "$LATEST");
            json.WriteStartObject("TracingConfig");
            json.WriteString("Mode", "PassThrough");
            json.WriteEndObject();
            json.WriteString("PackageType", "Zip");
            json.WriteStartArray("Architectures");
            json.WriteStringValue("arm64");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static WireResponse Write(OperationModel operation, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return WireProtocols.For(operation.Service.Protocol).WriteResponse(operation, new AwsOutput(buffer.WrittenMemory), "8f3c0d0e-2f6b-4b0f-9a53-3a1f3f7b7c11");
    }

    private static void Instance(Utf8JsonWriter json, int i)
    {
        json.WriteStartObject();
        json.WriteString("InstanceId", $"i-{i:x17}");
        json.WriteString("ImageId", "ami-0123456789abcdef0");
        Object(json, "State", ("Name", "running"));
        json.WriteString("PrivateDnsName", $"ip-10-{i / 65536}-{i / 256 % 256}-{i % 256}.ec2.internal");
        json.WriteString("PublicDnsName", "");
        json.WriteString("StateTransitionReason", "");
        json.WriteString("KeyName", "storefront");
        json.WriteNumber("AmiLaunchIndex", 0);
        json.WriteString("InstanceType", "m7g.2xlarge");
        json.WriteString("LaunchTime", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddSeconds(i));
        Object(json, "Placement", ("AvailabilityZone", "us-east-1a"), ("GroupName", ""), ("Tenancy", "default"));
        Object(json, "Monitoring", ("State", "enabled"));
        json.WriteString("SubnetId", "subnet-0a1b2c3d4e5f60718");
        json.WriteString("VpcId", "vpc-0a1b2c3d4e5f60718");
        json.WriteString("PrivateIpAddress", $"10.{i / 65536}.{i / 256 % 256}.{i % 256}");
        json.WriteBoolean("SourceDestCheck", true);
        json.WriteString("Architecture", "arm64");
        json.WriteString("RootDeviceType", "ebs");
        json.WriteString("RootDeviceName", "/dev/xvda");
        json.WriteString("VirtualizationType", "hvm");
        json.WriteString("Hypervisor", "xen");
        json.WriteString("PlatformDetails", "Linux/UNIX");
        json.WriteString("UsageOperation", "RunInstances");
        json.WriteBoolean("EbsOptimized", true);
        json.WriteBoolean("EnaSupport", true);
        Groups(json, "SecurityGroups");
        json.WriteStartArray("NetworkInterfaces");
        json.WriteStartObject();
        json.WriteString("NetworkInterfaceId", $"eni-{i:x17}");
        json.WriteString("MacAddress", "0a:ff:c3:12:34:56");
        json.WriteString("OwnerId", "222222222222");
        json.WriteString("Status", "in-use");
        json.WriteString("SubnetId", "subnet-0a1b2c3d4e5f60718");
        json.WriteString("VpcId", "vpc-0a1b2c3d4e5f60718");
        Groups(json, "Groups");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("Tags");
        foreach (var (key, value) in new[] { ("Name", $"storefront-web-{i}"), ("Environment", "prod"), ("Team", "Storefront & Search"), ("CostCenter", "CC-2010") })
        {
            json.WriteStartObject();
            json.WriteString("Key", key);
            json.WriteString("Value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Groups(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("GroupId", "sg-0a1b2c3d4e5f60718");
        json.WriteString("GroupName", "storefront-web");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Object(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            json.WriteString(member, value);
        }

        json.WriteEndObject();
    }
}
