using System.Globalization;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control;

/// <summary>What operations work with.</summary>
internal sealed class ControlContext(ControlOptions options, Uri url)
{
    private const int PageOfAll = 200;

    public ControlOptions Options { get; } = options;

    public ControlSwitches Switches => Options.Switches;

    public IStore Store { get; } = options.Store;

    public Arns Arns { get; } = new(options.Region, options.AccountId);

    /// <summary>Where this control plane answers.</summary>
    public Uri Url { get; } = url;

    /// <summary>In the form of gateway shapes.</summary>
    public string Now => Options.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>In the form of identity shapes: seconds since 1970.</summary>
    public double NowInSeconds => Options.Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    public async ValueTask<Resource?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        await Store.FindAsync(kind, id, cancellationToken) is { } document ? Resource.Of(document) : null;

    /// <summary>All of a kind, page by page.</summary>
    public async IAsyncEnumerable<StoredDocument> AllAsync(
        string kind, string? parent, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredPosition? after = null;
        while (await Store.ListAsync(kind, parent, after, PageOfAll, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var document in page)
            {
                yield return document;
            }

            after = page[^1].Position;
        }
    }

    /// <summary>Makes the changes of an operation, and keeps its answer under the request's token where it has one, in one write.</summary>
    /// <param name="answer">What the operation answers once they are made.</param>
    /// <param name="whenFull">The refusal where an <see cref="StoreWrite.AtMost"/> did not hold.</param>
    public async ValueTask<ControlResult> CommitAsync(
        ControlCall call, IReadOnlyList<StoreWrite> writes, JsonObject answer, ControlError? whenFull, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoreWrite> all = call.Token is { } token ? [.. writes, Keep(token, answer)] : writes;
        return await Store.WriteAsync(all, cancellationToken) switch
        {
            WriteOutcome.Written => answer,
            WriteOutcome.Full => whenFull ?? ControlError.Busy,
            _ => ControlResult.Again,
        };
    }

    private StoreWrite.Insert Keep(ClientToken token, JsonObject answer)
    {
        var body = new JsonObject { ["fingerprint"] = token.Fingerprint, ["answer"] = answer.DeepClone() };
        return new(Kinds.Token, token.Id, "", null, Resource.Bytes(body), Options.Time.GetUtcNow() + ControlLimits.TokenLife);
    }
}
