using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Listings;

/// <summary>The pages of one operation, its items projected while they are read. How it pages is in AWS's model.</summary>
internal sealed class OperationPages(OpenAccount door, Resource resource, ArgumentValues arguments) : IPages
{
    public async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        var model = resource.Model;
        var output = new ArrayBufferWriter<byte>(4096);
        var items = new Transcription(output, resource.Projection) { Skip = skip, Take = take };
        var input = PageInput.Write(model, position, arguments.ExcludePageSize() ? null : resource.SizeOf(skip, take), arguments.WriteMembers);
        var outcome = await door.CallAsync(model, input, items, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            return PageRead.Refused(refusal);
        }

        var reached = skip + items.Written;
        return new Page(output.WrittenMemory, items.Written, items.Written == take && reached < items.SeenOnPage ? reached : null, items.NextToken);
    }
}
