using CentralOps.Ledger.Signing;

namespace CentralOps.Ledger.Reading;

/// <summary>The heads that a writer signed, in their order.</summary>
internal sealed record HeadsFile(IReadOnlyDictionary<long, string> Hashes, Head? Last, LedgerFinding? Finding)
{
    public static HeadsFile None { get; } = new(new Dictionary<long, string>(), null, null);

    public static async Task<HeadsFile> ReadAsync(WriterFiles files, LedgerKey key, CancellationToken cancellationToken)
    {
        if (files.Heads is not { } path)
        {
            return None;
        }

        var hashes = new Dictionary<long, string>();
        Head? last = null;
        var number = 0;
        await foreach (var (line, isWhole) in LedgerLines.ReadAsync(path, cancellationToken))
        {
            number++;
            if (!isWhole)
            {
                // A head that is being written, or whose writer was killed: what it would have vouched for has nobody yet.
                break;
            }

            var problem = ProblemOf(line.Span, files.Writer, last, key, out var head);
            if (problem is not null)
            {
                return new HeadsFile(hashes, last, new LedgerFinding(LedgerFindingKind.BadHead, files.Writer, path, number, head?.Seq, problem));
            }

            last = head!;
            hashes[last.Seq] = last.Hash;
        }

        return new HeadsFile(hashes, last, null);
    }

    private static string? ProblemOf(ReadOnlySpan<byte> line, string writer, Head? last, LedgerKey key, out Head? head)
    {
        if (!Head.TryRead(line, out head))
        {
            return "this is no head as the ledger writes it";
        }

        return head switch
        {
            _ when !string.Equals(head.Writer, writer, StringComparison.Ordinal) => "this is another writer's head",
            _ when !string.Equals(head.Key, key.Id, StringComparison.Ordinal) => $"it is signed with another key than {key.Id}",
            _ when !head.IsSignedBy(key) => "its signature does not verify",
            _ when last is not null && head.Seq <= last.Seq => "it does not reach further than the one before",
            _ => null,
        };
    }
}
