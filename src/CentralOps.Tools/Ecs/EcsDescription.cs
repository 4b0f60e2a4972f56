using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ecs;

/// <summary>What ECS describes of some names, and which of them it says it does not have.</summary>
internal static class EcsDescription
{
    /// <param name="list">The list of names in the input, and of what they name in the answer.</param>
    /// <param name="cluster">The cluster in which services are looked for.</param>
    public static async Task<Described> AskAsync(
        OpenAccount door, string operation, string list, IReadOnlyList<string> names, string? cluster, CancellationToken cancellationToken)
    {
        var answer = await WholeAnswer.AskAsync(door, operation, json => Write(json, list, names, cluster), cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return Described.None(names, refusal);
        }

        return new Described([.. answer.List(list)], [.. answer.List("failures").Select(failure => Missing(failure, operation))]);
    }

    private static void Write(Utf8JsonWriter json, string list, IReadOnlyList<string> names, string? cluster)
    {
        if (cluster is not null)
        {
            json.WriteString("cluster"u8, cluster);
        }

        json.WriteStartArray(list);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteStartArray("include"u8);
        json.WriteStringValue("TAGS"u8);
        json.WriteEndArray();
    }

    /// <summary>ECS tells these inside an answer that succeeded.</summary>
    private static Failure Missing(JsonElement failure, string operation)
    {
        var reason = Text(failure, "reason") ?? "MISSING";
        var parts = operation.Split(':');
        return new(
            Text(failure, "arn"),
            new Refusal.ServiceFailed(new AwsFailure(parts[0], parts[1], FailureKind.NotFound, reason, Text(failure, "detail") ?? "", null, 200)));
    }

    private static string? Text(JsonElement failure, string name) =>
        ResourceWriter.Follow(failure, [name]) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
