using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ecs;

/// <summary>ARNs as ECS lists them.</summary>
internal static class EcsNames
{
    private const int MaxPages = 100;

    public static Task<NamesRead> ClustersAsync(OpenAccount door, string? token, int size, CancellationToken cancellationToken) =>
        ListAsync(door, "ecs:ListClusters", "clusterArns", token, size, static _ => { }, cancellationToken);

    /// <summary>Every cluster, ordered by ARN: an order that stays when clusters come and go.</summary>
    public static async Task<NamesRead> AllClustersAsync(OpenAccount door, CancellationToken cancellationToken)
    {
        var clusters = new List<string>();
        string? token = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var read = await ClustersAsync(door, token, 100, cancellationToken);
            if (read.Refusal is not null)
            {
                return read;
            }

            clusters.AddRange(read.Names);
            token = read.Next;
            if (token is null)
            {
                break;
            }
        }

        clusters.Sort(StringComparer.Ordinal);
        return new NamesRead(clusters, null, null);
    }

    /// <param name="members">Writes what is asked.</param>
    public static async Task<NamesRead> ListAsync(
        OpenAccount door, string operation, string list, string? token, int size, Action<Utf8JsonWriter> members, CancellationToken cancellationToken)
    {
        var answer = await WholeAnswer.AskAsync(door, operation, token, size, members, cancellationToken);
        return new NamesRead([.. answer.List(list).Select(static name => name.GetString()!)], answer.NextToken, answer.Refusal);
    }
}
