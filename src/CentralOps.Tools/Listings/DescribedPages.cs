using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Listings;

/// <summary>
/// Pages of resources that AWS lists by name only, and describes a few at a time. What cannot be described is told beside the rest;
/// where nothing on a page can be, the page has failed.
/// </summary>
/// <param name="names">Lists a page of names, of about the size that is given.</param>
/// <param name="describe">Describes at most <paramref name="batch"/> names.</param>
/// <param name="batch">How many AWS describes at once.</param>
internal sealed class DescribedPages(
    Resource resource,
    Func<string?, int, CancellationToken, Task<NamesRead>> names,
    Func<IReadOnlyList<string>, CancellationToken, Task<Described>> describe,
    int batch) : IPages
{
    /// <summary>Batches at once: AWS allows a burst of some tens of such calls in an account and region, for everybody in it.</summary>
    private const int Width = 4;

    public async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        var listed = await names(position, resource.SizeOf(skip, take), cancellationToken);
        if (listed.Refusal is { } refusal)
        {
            return PageRead.Refused(refusal);
        }

        var taken = listed.Names.Skip(skip).Take(take).ToList();
        var batches = taken.Chunk(batch).ToList();
        var described = new Described[batches.Count];
        await Abreast.RunAsync(batches.Count, Width, async index => described[index] = await describe(batches[index], cancellationToken), cancellationToken);
        var failures = described.SelectMany(static one => one.Failures).ToList();
        var items = described.SelectMany(static one => one.Items).ToList();
        if (items.Count == 0 && failures.Count > 0 && taken.Count == failures.Count)
        {
            return PageRead.Refused(failures[0].Refusal);
        }

        var output = new ArrayBufferWriter<byte>(4096);
        ResourceWriter.WriteAll(items, resource, output);
        var reached = skip + taken.Count;
        return new Page(output.WrittenMemory, items.Count, reached < listed.Names.Count ? reached : null, listed.Next) { Failures = failures };
    }
}

/// <summary>A page of names, or why there is none.</summary>
internal readonly record struct NamesRead(IReadOnlyList<string> Names, string? Next, Refusal? Refusal);

/// <summary>What was told of some names, and what was not.</summary>
internal sealed record Described(IReadOnlyList<JsonElement> Items, IReadOnlyList<Failure> Failures)
{
    /// <summary>None of these could be described.</summary>
    public static Described None(IReadOnlyList<string> names, Refusal refusal) => new([], [.. names.Select(name => new Failure(name, refusal))]);
}
