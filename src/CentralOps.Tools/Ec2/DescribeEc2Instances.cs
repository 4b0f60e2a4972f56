using System.Buffers;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Ec2;

internal sealed record DescribeEc2InstancesArguments(
    [property: Description("Account id or name, such as 222222222222 or Production.")] string AccountId,
    [property: Description("AWS region to ask.")] string Region = "us-east-1",
    [property: MaxItems(DescribeEc2Instances.MaxIds), Description("Only these instances, such as i-0123456789abcdef0.")] IReadOnlyList<string>? InstanceIds = null,
    [property: MaxItems(Ec2Filter.MaxFilters), Description("EC2's own filters, all of which have to match, such as instance-state-name.")] IReadOnlyList<Ec2Filter>? Filters = null,
    [property: Range(1, DescribeEc2Instances.MaxLimit), Description("Instances to answer at most.")] int Limit = DescribeEc2Instances.DefaultLimit,
    [property: Description("next_token of a truncated answer, to go on where it ended; the other arguments stay the same.")] string? NextToken = null);

internal sealed record Ec2Instance(
    [property: JsonPropertyName("InstanceId")] string InstanceId,
    [property: JsonPropertyName("InstanceType")] string? InstanceType,
    [property: JsonPropertyName("State"), Description("pending, running, shutting-down, terminated, stopping or stopped.")] string? State,
    [property: JsonPropertyName("PrivateIpAddress")] string? PrivateIpAddress,
    [property: JsonPropertyName("PublicIpAddress")] string? PublicIpAddress,
    [property: JsonPropertyName("LaunchTime"), Description("ISO 8601, UTC.")] string? LaunchTime,
    [property: JsonPropertyName("AvailabilityZone")] string? AvailabilityZone,
    [property: JsonPropertyName("VpcId")] string? VpcId,
    [property: JsonPropertyName("SubnetId")] string? SubnetId,
    [property: JsonPropertyName("Tags")] IReadOnlyDictionary<string, string> Tags);

internal sealed record DescribeEc2InstancesAnswer(
    [property: Description("The account that answered.")] string AccountId,
    [property: Description("The region that answered.")] string Region,
    [property: Description("Instances in this answer.")] int InstanceCount,
    IReadOnlyList<Ec2Instance> Instances,
    [property: Description("Whether there are more instances than limit.")] bool Truncated,
    [property: Description("Where to go on, when truncated.")] string? NextToken);

/// <summary>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html</summary>
internal sealed class DescribeEc2Instances : Tool<DescribeEc2InstancesArguments>
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;
    public const int MaxIds = 1000;

    private static readonly Projection Instances = Projection.Items(
        "Reservations.Instances",
        Field.Value("InstanceId"),
        Field.Value("InstanceType"),
        Field.Value("State.Name", "State"),
        Field.Value("PrivateIpAddress"),
        Field.Value("PublicIpAddress"),
        Field.Value("LaunchTime"),
        Field.Value("Placement.AvailabilityZone"),
        Field.Value("VpcId"),
        Field.Value("SubnetId"),
        Field.TagMap("Tags"));

    public override string Name => "describe_ec2_instances";

    public override string Subject => "ec2";

    public override IReadOnlyList<string> Operations { get; } = ["ec2:DescribeInstances"];

    public override ToolDeclaration Declare() => new()
    {
        Name = Name,
        Subject = Subject,
        Description = "Describe EC2 instances in one AWS account and region: type, state, addresses, network, launch time and tags. Read-only.",
        InputSchema = ToolSchemas.Input(ToolShapes.Default.DescribeEc2InstancesArguments),
        OutputSchema = ToolSchemas.Output(ToolShapes.Default.DescribeEc2InstancesAnswer, ToolShapes.Default.AccountRefusalShape),
        Operations = Operations,
        Example = """{"account_id": "222222222222", "region": "us-east-1", "filters": [{"Name": "instance-state-name", "Values": ["running"]}]}""",
    };

    protected override DescribeEc2InstancesArguments Read(ArgumentReader reader) => new(
        reader.Account("account_id"),
        reader.Region("region", otherwise: "us-east-1"),
        reader.Texts("instance_ids", MaxIds, maxLength: 64),
        Ec2Filter.Read(reader, "filters"),
        reader.Integer("limit", DefaultLimit, 1, MaxLimit),
        reader.Text("next_token", Answers.NextToken.MaxLength));

    protected override async Task<CallOutcome> AnswerAsync(
        DescribeEc2InstancesArguments arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var opened = await setting.OpenAsync(arguments.AccountId, cancellationToken);
        if (opened.Door is not { } door)
        {
            return new CallOutcome(opened.Refusal);
        }

        if (!Answers.NextToken.TryContinue(arguments.NextToken, Query(arguments, setting), out var start, out var refusal))
        {
            return new CallOutcome(refusal);
        }

        var instances = new PagedItems(door, ModelLibrary.Operation("ec2", "DescribeInstances"), Instances);
        var outcome = await instances.ReadAsync(start, arguments.Limit, (token, count) => Input(arguments, token, count), cancellationToken);
        if (outcome.Refusal is null)
        {
            AccountAnswer.Write(setting.Place, "instance", instances, output);
        }

        return outcome;
    }

    private static ulong Query(DescribeEc2InstancesArguments arguments, ToolSetting setting)
    {
        var parts = new List<string> { setting.Use.Tool, setting.Place.Account!, arguments.Region, $"{arguments.InstanceIds!.Count}" };
        parts.AddRange(arguments.InstanceIds);
        foreach (var filter in arguments.Filters!)
        {
            parts.Add(filter.Name);
            parts.Add($"{filter.Values.Count}");
            parts.AddRange(filter.Values);
        }

        return Answers.NextToken.HashOf([.. parts]);
    }

    private static byte[] Input(DescribeEc2InstancesArguments arguments, string? token, int count)
    {
        var input = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(input))
        {
            json.WriteStartObject();
            Ec2Input.WriteTexts(json, "InstanceIds"u8, arguments.InstanceIds!);
            Ec2Input.WriteFilters(json, arguments.Filters!);

            // EC2 takes pages of 5 to 1,000, and no size of page together with ids.
            if (arguments.InstanceIds!.Count == 0)
            {
                json.WriteNumber("MaxResults"u8, Math.Clamp(count, 5, 1000));
            }

            if (token is not null)
            {
                json.WriteString("NextToken"u8, token);
            }

            json.WriteEndObject();
        }

        return input.WrittenSpan.ToArray();
    }
}
