using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Fleet;

/// <summary>One page of an answer over many accounts and regions, in order.</summary>
internal static class FleetAnswer
{
    /// <summary>For what stands around items and failures: summary, token, punctuation.</summary>
    private const int FrameBytes = 900;

    /// <summary>Kept back of what carries the answer.</summary>
    private const int CarrierReserve = 64 * 1024;

    /// <summary>A query mostly answers less than it reads.</summary>
    private const int QueryFactor = 8;

    private const int MaxRawBytes = 4 * 1024 * 1024;

    /// <summary>Writes the answer, or returns why there is none and writes nothing.</summary>
    public static async Task<Refusal?> WriteAsync(
        AccountTool tool, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // 1. From where, or from the beginning?
        var services = setting.Services;
        using var clock = new FleetClock(setting.Call.TimeAllowed, services.Time);
        var question = new FleetQuestion(tool, arguments, setting.Use with { Deadline = clock.Quotas }) { AskedIn = tool.IsRegional ? null : setting.Place.Region };
        if (!setting.Tokens.TryContinue(arguments.Of(NextTokenArgument.Only), question.Hash(), out var start, out var refusal))
        {
            return refusal;
        }

        // 2. Which accounts?
        var planned = await FleetPlan.MakeAsync(question, services, cancellationToken);
        if (planned.Plan is not { } plan)
        {
            return planned.Refusal;
        }

        // 3. As much as the answer may hold.
        var (shape, maxBytes) = (tool.Shape.Of(arguments), MaxBytes(arguments, setting));
        var raw = shape.Query is null ? maxBytes : Math.Min(maxBytes * QueryFactor, MaxRawBytes);
        var maxItems = tool.FleetLimits(arguments).Limit ?? long.MaxValue;
        var askedAt = start.Fleet is { } mark ? DateTimeOffset.FromUnixTimeSeconds(mark.AskedAt) : services.Time.GetUtcNow();
        var progress = new ProgressReport(setting.Call.Progress, plan.Accounts.Count, FleetWidth.PlacesOf(question), services.Time);
        var ahead = new ReadAhead(FirstWidth(start.Fleet, services), raw, maxItems);
        var reader = new PlaceReader(question, setting, shape, start.Fleet is null ? null : start, askedAt, clock);
        using var run = new FleetRun(new WorkQueue(plan, start.Fleet), reader, ahead, clock, progress, FleetWidth.Of(services), cancellationToken);
        var written = new ArrayBufferWriter<byte>(4096);
        try
        {
            refusal = await ReadAsync();
        }
        finally
        {
            // What was read ahead and is not needed ends here; so does everything else, whatever happened.
            run.Stop();
            await run.EndAsync(cancellationToken);
        }

        progress.Report(atOnce: true);
        if (refusal is null)
        {
            output.Write(written.WrittenSpan);
        }

        return refusal;

        async Task<Refusal?> ReadAsync()
        {
            // 4. What a query makes of it may be more than fits: then of fewer items.
            for (var bytes = raw; ; bytes /= 4)
            {
                var page = new FleetPage(question, shape, bytes, maxItems, Carried(setting));
                await page.BuildAsync(run, ahead, clock, cancellationToken);
                written.ResetWrittenCount();
                var wrong = Write(page, plan, start, askedAt, clock, setting, written, cancellationToken);
                if (wrong is not null || shape.Query is null || written.WrittenCount <= maxBytes + FrameBytes || page.Tally.Items <= 1)
                {
                    return wrong;
                }
            }
        }
    }

    private static Refusal? Write(
        FleetPage page, FleetPlan plan, NextToken start, DateTimeOffset askedAt, FleetClock clock, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        if (page.Body.Rows is { } rows)
        {
            return rows.Write(json, static _ => { }, WriteEnd, cancellationToken);
        }

        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        WriteRaw(page.Body.Results, json);
        json.WriteEndArray();
        WriteEnd(json);
        json.WriteEndObject();
        return null;

        void WriteEnd(Utf8JsonWriter end)
        {
            end.WriteStartArray("failures"u8);
            WriteRaw(page.Body.Failures, end);
            end.WriteEndArray();
            page.Tally.Summary(plan, clock, setting.Services.Time).Write(end);
            NextToken.WriteEnd(page.Cut is { } cut ? TokenOf(cut, page, start, askedAt) : null, setting.Tokens, end);
        }
    }

    private static NextToken TokenOf(FleetCut cut, FleetPage page, NextToken start, DateTimeOffset askedAt) => start.At(cut.Mark) with
    {
        Given = cut.Given,
        Fleet = new FleetMark(cut.Account.ToString(), cut.Region, page.Places, askedAt.ToUnixTimeSeconds()),
    };

    private static void WriteRaw(ReadOnlyMemory<byte> values, Utf8JsonWriter json)
    {
        if (!values.IsEmpty)
        {
            json.WriteRawValue(values.Span, skipInputValidation: true);
        }
    }

    /// <summary>Of items and failures.</summary>
    private static int MaxBytes(ArgumentValues arguments, ToolSetting setting)
    {
        var asked = arguments.Of(ShapeArguments.MaxBytes) is > 0 and var given ? given : ShapeArguments.UsualFleetBytes;
        var whole = Math.Min(asked, Carried(setting));
        return whole - Math.Min(FrameBytes, whole / 2);
    }

    private static int Carried(ToolSetting setting) => Math.Max(setting.Call.MaxAnswerBytes - CarrierReserve, ShapeArguments.MinBytes);

    /// <summary>After a first page it is known about how many places a page holds.</summary>
    private static int FirstWidth(FleetMark? mark, ToolServices services) =>
        mark is null ? services.WayIn.Concurrency : Math.Clamp((2 * mark.Pace) + 4, 4, services.WayIn.Concurrency);
}
