using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Listings;

/// <summary>The pages of an operation that answers several lists side by side, one list after the other on each page.</summary>
/// <param name="members">Writes what is asked.</param>
internal sealed class SideBySidePages(OpenAccount door, Resource resource, Action<Utf8JsonWriter> members) : IPages
{
    public async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        var answer = await WholeAnswer.AskAsync(door, resource.Operation, position, resource.SizeOf(skip, take), members, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return PageRead.Refused(refusal);
        }

        var all = resource.Paths.SelectMany(path => answer.List(path)).ToList();
        var taken = all.Skip(skip).Take(take).ToList();
        var output = new ArrayBufferWriter<byte>(4096);
        ResourceWriter.WriteAll(taken, resource, output);
        var reached = skip + taken.Count;
        return new Page(output.WrittenMemory, taken.Count, taken.Count == take && reached < all.Count ? reached : null, answer.NextToken);
    }
}
