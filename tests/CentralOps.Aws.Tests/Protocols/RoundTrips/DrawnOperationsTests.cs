using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Models;

namespace CentralOps.Aws.Tests.Protocols.RoundTrips;

/// <summary>Operations drawn at random, over all protocols, from AWS's own descriptions as botocore has them.</summary>
public sealed class DrawnOperationsTests
{
    private const int EachProtocol = 72;

    private static readonly string[] Services =
    [
        "s3", "s3control", "route53", "cloudfront", "cloudwatch", "compute-optimizer", "gamelift", "snowball", "sqs", "dynamodb", "stepfunctions", "apprunner",
        "ecs", "kms", "ssm", "logs", "iam", "sns", "rds", "autoscaling", "cloudformation", "elbv2", "ec2", "lambda", "apigateway", "eks", "bedrock", "iot", "glue",
    ];

    /// <summary>Not to be told from another operation by what is on the wire; S3's own clients say which in the host's name.</summary>
    private static readonly string[] Twins = ["ListDirectoryBuckets"];

    [BotocoreFact]
    public void Five_hundred_operations_go_round()
    {
        // A fixed seed: the same operations and values in every run with the same botocore.
        var random = new Random(20260106);
        var drawn = Services.SelectMany(Operations).GroupBy(one => one.Kind)
            .SelectMany(protocol => protocol.OrderBy(one => one.Operation.Name, StringComparer.Ordinal).OrderBy(_ => random.Next()).Take(EachProtocol)).ToList();

        drawn.Select(one => one.Kind).Distinct().Count().ShouldBe(Enum.GetValues<ProtocolKind>().Length);
        drawn.Count.ShouldBeGreaterThanOrEqualTo(500);
        var wrong = new List<string>();
        foreach (var (operation, kind) in drawn)
        {
            try
            {
                GoingRound.Check(operation, kind, random.Next());
            }
            catch (Exception fault)
            {
                wrong.Add($"{kind} {operation}: {fault.Message}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static IEnumerable<(OperationModel Operation, ProtocolKind Kind)> Operations(string service)
    {
        var description = BotocoreFactAttribute.Botocore!.Service(service);
        var model = ServiceModel.Read(Encoding.UTF8.GetBytes(description.ToJsonString()));
        foreach (var (name, operation) in description["operations"]!.AsObject())
        {
            var isStream = IsStream(description, operation!["input"]) || IsStream(description, operation["output"]);
            foreach (var kind in isStream || Twins.Contains(name) || operation["deprecated"] is not null ? [] : model.Protocols)
            {
                yield return (model.Operation(name), kind);
            }
        }
    }

    // Events over one connection are no message that these halves carry.
    private static bool IsStream(JsonObject description, JsonNode? reference) =>
        reference is not null && description["shapes"]![(string)reference["shape"]!]!["members"]!.AsObject()
            .Any(member => description["shapes"]![(string)member.Value!["shape"]!]!["eventstream"] is not null);
}

/// <summary>Runs where botocore is found, of whatever version.</summary>
internal sealed class BotocoreFactAttribute : FactAttribute
{
    public static BotocoreData? Botocore { get; } = BotocoreData.Find(null);

    public BotocoreFactAttribute() => Skip = Botocore is null ? "python3 has no botocore." : null;
}
