using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>One attribute of one instance. User data holds what people should not have put there.</summary>
internal sealed class DescribeInstanceAttribute(Estate estate) : Operation
{
    public override string Name => "DescribeInstanceAttribute";

    public override string Action => "ec2:DescribeInstanceAttribute";

    public override string Resource(OperationCall call) => $"arn:aws:ec2:{call.Region}:{call.Caller.AccountId}:instance/{call.Text("InstanceId")}";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        if (call.Flag("DryRun"))
        {
            return Ec2Errors.DryRun;
        }

        if (call.Text("InstanceId") is not { Length: > 0 } id)
        {
            return Ec2Errors.Missing("InstanceId");
        }

        if (call.Text("Attribute") is not { Length: > 0 } attribute)
        {
            return Ec2Errors.Missing("attribute");
        }

        var fleet = estate.Fleet(call.Caller.AccountId, call.Region);
        if (Ec2Errors.OfIds([id], fleet) is { } refused)
        {
            return refused;
        }

        var instance = fleet.ById[id];
        var (member, value) = Value(instance, attribute);
        if (member is null)
        {
            return new ServiceError("InvalidParameterValue", $"Value ({attribute}) for parameter attribute is invalid. Unknown attribute.");
        }

        return new JsonObject { ["InstanceId"] = id, [member] = value };
    }

    private static (string? Member, JsonNode? Value) Value(Instance instance, string attribute) => attribute switch
    {
        "instanceType" => ("InstanceType", Of(instance.Hardware.Type)),
        "kernel" => ("KernelId", new JsonObject()),
        "ramdisk" => ("RamdiskId", new JsonObject()),
        "userData" => ("UserData", instance.UserData is { } script ? Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(script))) : new JsonObject()),
        "disableApiTermination" => ("DisableApiTermination", Of(false)),
        "disableApiStop" => ("DisableApiStop", Of(false)),
        "instanceInitiatedShutdownBehavior" => ("InstanceInitiatedShutdownBehavior", Of("stop")),
        "rootDeviceName" => ("RootDeviceName", Of(InstanceNames.RootDevice)),
        "blockDeviceMapping" => ("BlockDeviceMappings", new JsonArray(InstanceNames.RootVolume(instance))),
        "productCodes" => ("ProductCodes", new JsonArray()),
        "sourceDestCheck" => ("SourceDestCheck", Of(true)),
        "groupSet" => ("Groups", instance.Network is { } network ? new JsonArray(new JsonObject { ["GroupId"] = network.GroupId, ["GroupName"] = network.GroupName }) : new JsonArray()),
        "ebsOptimized" => ("EbsOptimized", Of(true)),
        "sriovNetSupport" => ("SriovNetSupport", Of("simple")),
        "enaSupport" => ("EnaSupport", Of(true)),
        "enclaveOptions" => ("EnclaveOptions", new JsonObject { ["Enabled"] = false }),
        _ => (null, null),
    };

    private static JsonObject Of(JsonNode value) => new() { ["Value"] = value };
}
