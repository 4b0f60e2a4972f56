using CentralOps.Accounts.Entry;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ecs;

/// <summary>
/// The services of one cluster, or of each cluster in the order of their ARNs. A position is the cluster's ARN and ECS's token in
/// it, so that an answer goes on exactly even when clusters come and go.
/// </summary>
internal sealed class ServicePages(OpenAccount door, Resource resource, ArgumentValues arguments, string? cluster, IReadOnlyList<string> services) : IPages
{
    /// <summary>How many services AWS describes at once.</summary>
    private const int Batch = 10;
    private const char Separator = '\n';

    private NamesRead? _clusters;

    public async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        // 1. Which cluster, and where in it?
        var (at, token) = position?.Split(Separator, 2) is [var arn, var rest] ? (arn, rest) : (cluster, "");
        if (at is null)
        {
            var first = await AfterAsync("", cancellationToken);
            if (first.Refusal is { } refusal)
            {
                return PageRead.Refused(refusal);
            }

            if (first.Names is not [var lowest, ..])
            {
                return new Page(default, 0, null, null);
            }

            at = lowest;
        }

        // 2. A page of its services.
        var read = await new DescribedPages(resource, (_, size, cancellation) => NamesAsync(at, token, size, cancellation), DescribeAsync, Batch)
            .ReadAsync(null, skip, take, cancellationToken);
        if (read.Page is not { } page)
        {
            return read;
        }

        // 3. Then its next page, or the next cluster.
        page = page with { Position = $"{at}{Separator}{token}" };
        if (page.Next is { } next)
        {
            return page with { Next = $"{at}{Separator}{next}" };
        }

        if (cluster is not null)
        {
            return page;
        }

        var following = await AfterAsync(at, cancellationToken);
        return following.Refusal is { } why ? PageRead.Refused(why) : page with { Next = following.Names is [var after, ..] ? after + Separator : null };

        Task<Described> DescribeAsync(IReadOnlyList<string> names, CancellationToken cancellation) =>
            EcsDescription.AskAsync(door, "ecs:DescribeServices", "services", names, at, cancellation);
    }

    private Task<NamesRead> NamesAsync(string at, string token, int size, CancellationToken cancellationToken) => services.Count > 0
        ? Task.FromResult(new NamesRead(services, null, null))
        : EcsNames.ListAsync(door, "ecs:ListServices", "serviceArns", token, size, json => { json.WriteString("cluster"u8, at); arguments.WriteMembers(json); }, cancellationToken);

    /// <summary>The clusters after one, listed once a call.</summary>
    private async Task<NamesRead> AfterAsync(string arn, CancellationToken cancellationToken)
    {
        var all = _clusters ??= await EcsNames.AllClustersAsync(door, cancellationToken);
        return all.Refusal is null ? all with { Names = [.. all.Names.SkipWhile(name => string.CompareOrdinal(name, arn) <= 0)] } : all;
    }
}
