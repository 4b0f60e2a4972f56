using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Fleet;

namespace CentralOps.Tools.Finding;

/// <summary>Looks in all the ways of a plan at once, in one session an account: confined to what these ways ask, and nothing else that the tool could.</summary>
/// <param name="accounts">As a selector.</param>
/// <param name="regions">As the argument is written.</param>
internal sealed class Finder(ToolSetting setting, string accounts, string regions)
{
    public const int MaxMatches = 100;

    private readonly ConcurrentDictionary<(string Type, string Id, string Account, string Region), Found> _found = new();

    public IEnumerable<Found> Found => _found.Values
        .OrderBy(static one => one.Type, StringComparer.Ordinal).ThenBy(static one => one.AccountId, StringComparer.Ordinal).ThenBy(static one => one.Region, StringComparer.Ordinal)
        .ThenBy(static one => one.Id, StringComparer.Ordinal);

    /// <returns>Where was looked; or why nowhere.</returns>
    public async Task<(IReadOnlyList<Looked> Looked, Refusal? Refusal)> LookAsync(FindPlan plan, CancellationToken cancellationToken)
    {
        var asksRegions = regions is RegionsArgument.All && plan.Ways.Any(static lookup => lookup.Tool.IsRegional && lookup.Place.Region is null);
        IReadOnlyList<string> operations = [.. plan.Ways.SelectMany(static lookup => lookup.Operations).Concat(asksRegions ? [AccountTool.RegionsOperation] : []).Distinct(StringComparer.Ordinal)];
        var use = setting.Use with { Operations = operations };
        var looked = await Task.WhenAll(plan.Ways.Select(lookup => LookAsync(lookup, use, cancellationToken)));
        return looked.FirstOrDefault(static one => one.Refusal is not null).Refusal is { } refusal ? ([], refusal) : ([.. looked.Select(static one => one.Looked!)], null);
    }

    public void Add(Found found)
    {
        // Counted beyond what is told, so that it can be said; not without end.
        if (_found.Count <= MaxMatches)
        {
            _found.TryAdd((found.Type, found.Id, found.AccountId, found.Region), found);
        }
    }

    private async Task<(Looked? Looked, Refusal? Refusal)> LookAsync(Lookup lookup, ToolUse use, CancellationToken cancellationToken)
    {
        if (FleetQuestion.TryRead(lookup.Tool, ArgumentsOf(lookup), setting, use, out var question) is { } unreadable)
        {
            return (null, unreadable);
        }

        var sink = new FindSink(lookup, setting.Services.Home.PartitionId, Add);
        var read = await FleetReader.ReadAllAsync(question, sink, setting, cancellationToken);
        return read.Outcome is { } outcome ? (Looked.Of(lookup, outcome, sink.IsDone), null) : (null, read.Refusal);
    }

    private byte[] ArgumentsOf(Lookup lookup)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            json.WriteString("accounts"u8, lookup.Place.Account ?? accounts);
            if (lookup.Tool.IsRegional)
            {
                json.WriteString("region"u8, lookup.Place.Region ?? regions);
            }
        }

        return Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(output.WrittenSpan)}{(lookup.Arguments.Length > 0 ? "," : "")}{lookup.Arguments}}}");
    }
}
