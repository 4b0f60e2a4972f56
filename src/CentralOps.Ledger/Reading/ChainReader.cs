using System.Globalization;
using CentralOps.Ledger.Records;

namespace CentralOps.Ledger.Reading;

/// <summary>Goes along one writer's chain and stops at the first record that does not hold.</summary>
internal sealed class ChainReader(WriterFiles files, HeadsFile signed)
{
    private readonly Dictionary<string, bool> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _behind = [];
    private ChainPosition _position = ChainPosition.Start;
    private string _path = "";
    private long _line;

    /// <summary>How many records held.</summary>
    public long Records => _position.Next;

    public long Calls { get; private set; }

    public long Open => _calls.Values.Count(static isOpen => isOpen);

    public bool IsClosed { get; private set; }

    /// <summary>Hashes of the records behind the last head, by their numbers.</summary>
    public IReadOnlyDictionary<long, string> Behind => _behind;

    /// <returns>The first thing that is wrong; null where all holds.</returns>
    public async Task<LedgerFinding?> ReadAsync(CancellationToken cancellationToken)
    {
        var expected = 1;
        foreach (var (part, path) in files.Parts)
        {
            (_path, _line) = (path, 0);
            if (part != expected)
            {
                return Found(LedgerFindingKind.Removed, null, part == expected + 1 ? $"part {expected} is missing before this file" : $"parts {expected} to {part - 1} are missing before this file");
            }

            var isLast = part == files.Parts[^1].Part;
            if (await ReadPartAsync(part, isLast, cancellationToken) is { } finding)
            {
                return finding;
            }

            expected++;
        }

        return null;
    }

    private async Task<LedgerFinding?> ReadPartAsync(int part, bool isLast, CancellationToken cancellationToken)
    {
        await foreach (var (line, isWhole) in LedgerLines.ReadAsync(_path, cancellationToken))
        {
            _line++;
            if (!isWhole)
            {
                return Found(isLast ? LedgerFindingKind.Unsigned : LedgerFindingKind.Changed, null, "the last line is not whole");
            }

            if (Judge(line, part) is { } finding)
            {
                return finding;
            }
        }

        // A process that is killed as it opens a part leaves it empty; whether anything was cut off there, the heads tell.
        return _line > 0 || isLast ? null : Found(LedgerFindingKind.Removed, null, "the file holds no record");
    }

    private LedgerFinding? Judge(ReadOnlyMemory<byte> line, int part)
    {
        // 1. Is it a record, with the number that is due?
        if (!LedgerRecord.TryRead(line, out var record))
        {
            return Found(LedgerFindingKind.Changed, _position.Next, "this is no record as the ledger writes it");
        }

        if (record.Seq != _position.Next)
        {
            return record.Seq > _position.Next
                ? Found(LedgerFindingKind.Removed, record.Seq, Say($"records {_position.Next} to {record.Seq - 1} are missing before record {record.Seq}, or stand elsewhere"))
                : Found(LedgerFindingKind.Reordered, record.Seq, Say($"record {record.Seq} stands where record {_position.Next} was"));
        }

        // 2. Does it name the line before?
        if (!string.Equals(record.Previous, _position.Previous, StringComparison.Ordinal))
        {
            return Found(LedgerFindingKind.Changed, Math.Max(0, record.Seq - 1), record.Seq == 0
                ? "the first record does not begin a chain"
                : Say($"record {record.Seq - 1} was changed after it was written, or the link of record {record.Seq} was"));
        }

        // 3. Is it what was signed?
        var next = _position.After(line.Span);
        if (signed.Hashes.TryGetValue(record.Seq, out var hash) && !string.Equals(hash, next.Previous, StringComparison.Ordinal))
        {
            return Found(LedgerFindingKind.Changed, record.Seq, Say($"record {record.Seq} is not the one that was signed"));
        }

        _position = next;
        if (record.Seq > (signed.Last?.Seq ?? -1))
        {
            _behind[record.Seq] = next.Previous;
        }

        return Tell(record, part);
    }

    private LedgerFinding? Tell(LedgerRecord record, int part)
    {
        if (_line == 1 != (record.Type is "open"))
        {
            return Found(LedgerFindingKind.Changed, record.Seq, "a part begins with an 'open' record, and with nothing else");
        }

        var call = record.Text("call") ?? "";
        switch (record.Type)
        {
            case "open":
                return string.Equals(record.Text("writer"), files.Writer, StringComparison.Ordinal) && record.Number("part") == part
                    ? null
                    : Found(LedgerFindingKind.Changed, record.Seq, "the file bears another name than it was written under");
            case "begin":
                Calls++;
                return _calls.TryAdd(call, true) ? null : Found(LedgerFindingKind.Inconsistent, record.Seq, "the call begins a second time");
            case "end":
                var isOpen = _calls.GetValueOrDefault(call);
                _calls[call] = false;
                return isOpen ? null : Found(LedgerFindingKind.Inconsistent, record.Seq, "the call ends without having begun, or a second time");
            case "close":
                IsClosed = true;
                return null;
            default:
                return null;
        }
    }

    private LedgerFinding Found(LedgerFindingKind kind, long? seq, string problem) => new(kind, files.Writer, _path, _line, seq, problem);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
