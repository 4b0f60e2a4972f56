using System.Text.Json;
using CentralOps.Ledger.Records;

namespace CentralOps.Ledger.Reading;

/// <summary>Finds calls in a ledger's files, whether or not their chains hold: <see cref="LedgerVerifier"/> tells that.</summary>
public static class LedgerSearch
{
    /// <param name="limit">The newest so many.</param>
    /// <returns>In the order of their beginnings.</returns>
    public static async Task<IReadOnlyList<LedgerCall>> FindAsync(string directory, LedgerQuery query, int limit, CancellationToken cancellationToken)
    {
        var found = new PriorityQueue<LedgerCall, DateTimeOffset>();
        foreach (var files in WriterFiles.Find(directory, headsDirectory: directory))
        {
            if (files.Parts.Count == 0 || File.GetLastWriteTimeUtc(files.Parts[^1].Path) < query.Since?.UtcDateTime)
            {
                continue;
            }

            await foreach (var call in ReadAsync(files, cancellationToken))
            {
                if (!query.Admits(call))
                {
                    continue;
                }

                found.Enqueue(call, call.Time);
                if (found.Count > limit)
                {
                    found.Dequeue();
                }
            }
        }

        var calls = new List<LedgerCall>(found.Count);
        while (found.TryDequeue(out var call, out _))
        {
            calls.Add(call);
        }

        return calls;
    }

    private static async IAsyncEnumerable<LedgerCall> ReadAsync(WriterFiles files, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new Dictionary<string, LedgerCall>(StringComparer.Ordinal);
        var isClosed = false;
        foreach (var (_, path) in files.Parts)
        {
            await foreach (var (line, isWhole) in LedgerLines.ReadAsync(path, cancellationToken))
            {
                if (!isWhole || !LedgerRecord.TryRead(line, out var record))
                {
                    continue;
                }

                isClosed |= record.Type is "close";
                if (Take(record, open) is { } ended)
                {
                    yield return ended;
                }
            }
        }

        var outcome = isClosed || !files.IsBeingWritten ? LedgerCall.Interrupted : LedgerCall.Running;
        foreach (var call in open.Values)
        {
            yield return call with { Outcome = outcome };
        }
    }

    /// <returns>The call, where the record ends it.</returns>
    private static LedgerCall? Take(LedgerRecord record, Dictionary<string, LedgerCall> open)
    {
        var id = record.Text("call") ?? "";
        if (record.Type is "begin")
        {
            open[id] = new LedgerCall
            {
                Call = id,
                Time = RecordTime.Read(record.Text("time")) ?? default,
                Caller = record.Text("caller", "principal") ?? "",
                CallerKind = record.Text("caller", "kind") ?? "",
                SessionName = record.Text("caller", "session_name") ?? "",
                Tool = record.Text("tool") ?? "",
                Arguments = record.Json.TryGetProperty("arguments"u8, out var arguments) ? arguments : default,
                RequestId = record.Text("request_id"),
                TraceId = record.Text("trace_id"),
            };
            return null;
        }

        if (!open.TryGetValue(id, out var call))
        {
            return null;
        }

        if (record.Type is "accounts" && record.Json.TryGetProperty("accounts"u8, out var accounts) && accounts.ValueKind == JsonValueKind.Array)
        {
            open[id] = call with { Accounts = [.. call.Accounts, .. accounts.EnumerateArray()] };
            return null;
        }

        if (record.Type is not "end")
        {
            return null;
        }

        open.Remove(id);
        return call with
        {
            Outcome = record.Text("outcome") ?? "",
            Stage = record.Text("stage"),
            Code = record.Text("code"),
            DurationMs = record.Number("duration_ms"),
            AnswerBytes = record.Number("answer_bytes"),
        };
    }
}
