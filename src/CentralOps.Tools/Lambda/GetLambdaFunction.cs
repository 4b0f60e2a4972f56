using System.Text.Json.Nodes;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Lambda;

/// <summary>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html</summary>
internal sealed class GetLambdaFunction : ThingTool
{
    private static readonly TextArgument Named = new("function_name", "The function's name or ARN.") { IsRequired = true, Member = "FunctionName", MaxLength = 170, Check = FunctionName.Check };

    private static readonly Resource Function = new("function", "lambda:GetFunction", "")
    {
        Fields =
        [
            .. LambdaFields.Configuration("Configuration."),
            Field.Value("Configuration.State"),
            Field.Value("Configuration.StateReason"),
            Field.Value("Configuration.LastUpdateStatus"),
            Field.Value("Configuration.Layers"),
            Field.Value("Configuration.VpcConfig.SubnetIds", "SubnetIds"),
            Field.Value("Configuration.VpcConfig.SecurityGroupIds", "SecurityGroupIds"),
            Field.Value("Configuration.DeadLetterConfig.TargetArn", "DeadLetterTargetArn"),
            Field.Value("Configuration.TracingConfig.Mode", "TracingMode"),
            Field.Value("Configuration.EphemeralStorage.Size", "EphemeralStorage"),
            Field.Value("Configuration.LoggingConfig.LogGroup", "LogGroup"),
            Field.Value("Concurrency.ReservedConcurrentExecutions"),
            Field.TagMap("Tags"),
        ],
        Words = new Dictionary<string, string>(LambdaFields.Words, StringComparer.Ordinal)
        {
            ["EphemeralStorage"] = "MB of /tmp.",
            ["ReservedConcurrentExecutions"] = "Null where none are reserved.",
        },
    };

    public override string Name => "get_lambda_function";

    public override string Subject => "lambda";

    private protected override IReadOnlyList<string> OwnOperations { get; } = [Function.Operation];

    private protected override string Noun => Function.Noun;

    private protected override string Description =>
        "Get one Lambda function: configuration, state, network, layers, concurrency, tags and the names of its environment variables. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1", "function_name": "prod-api-auth"}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        Named,
        new TextArgument("qualifier", "A version or alias; $LATEST when left out.") { Member = "Qualifier", MaxLength = 128, Check = FunctionName.CheckQualifier },
    ];

    private protected override JsonObject ThingSchema() => Function.Schema();

    private protected override async Task<ThingRead> ReadAsync(PlaceAsked place, CancellationToken cancellationToken)
    {
        var answer = await WholeAnswer.AskAsync(place.Door!, Function.Operation, place.Arguments.WriteMembers, cancellationToken);
        return answer.Refusal is { } refusal
            ? ThingRead.Refused(refusal)
            : Of(json => ResourceWriter.WriteFields(answer.Json, Function.Fields, json), []);
    }
}
