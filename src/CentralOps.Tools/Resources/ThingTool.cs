using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Schemas;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Resources;

/// <summary>A tool that tells one thing, of which parts may be missing.</summary>
internal abstract class ThingTool : AccountTool
{
    private IReadOnlyList<string>? _fields;

    internal sealed override RowNames Rows => new(Noun, IsOne: true);

    internal sealed override IReadOnlyList<string> RowFields => _fields ??= [.. ThingSchema()["properties"]!.AsObject().Select(static property => property.Key)];

    /// <summary>What the thing is called in the answer.</summary>
    private protected abstract string Noun { get; }

    internal sealed override IPages PagesOf(PlaceAsked place) => new ThingPages(cancellationToken => ReadAsync(place, cancellationToken));

    private protected abstract JsonObject ThingSchema();

    /// <summary>The thing, or why there is none.</summary>
    private protected abstract Task<ThingRead> ReadAsync(PlaceAsked place, CancellationToken cancellationToken);

    private protected sealed override JsonObject Answer() =>
        AnswerSchema.Object([.. AnswerSchema.Place(), (Noun, AnswerSchema.Choosable(ThingSchema())), AnswerSchema.Failures()]);

    private protected sealed override Task<Refusal?> AnswerAsync(
        OpenAccount door, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken) =>
        AnswerAsync(new PlaceAsked(door.Account, door, arguments, setting, setting.Services.Time.GetUtcNow()), output, cancellationToken);

    private protected async Task<Refusal?> AnswerAsync(PlaceAsked place, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // There is nothing to go on with: a token can only be of another call.
        var setting = place.Setting;
        if (!string.IsNullOrEmpty(place.Arguments.Of(NextTokenArgument.Only)))
        {
            return setting.Tokens.TryContinue(place.Arguments.Of(NextTokenArgument.Only), 0, out _, out var foreign) ? NextTokens.Damaged : foreign;
        }

        var read = await ReadAsync(place, cancellationToken);
        if (read.Thing is not { } thing)
        {
            return read.Refusal;
        }

        var shape = Shape.Of(place.Arguments);
        var item = shape.Project(thing);
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        if (!shape.IsList)
        {
            var rows = new ShapedRows(shape, setting.Call.MaxAnswerBytes);
            rows.Add(FlatRows.Head(place.Account.Id.ToString(), place.Account.Name, setting.Place.RegionText), item.Span);
            return rows.Write(json, setting.Place.Write, body => Failure.WriteAll(read.Failures, setting.Place, body), cancellationToken);
        }

        json.WriteStartObject();
        setting.Place.Write(json);
        json.WritePropertyName(Noun);
        json.WriteRawValue(item.Span, skipInputValidation: true);
        Failure.WriteAll(read.Failures, setting.Place, json);
        json.WriteEndObject();
        return null;
    }

    /// <param name="members">Writes the thing's members.</param>
    private protected static ThingRead Of(Action<Utf8JsonWriter> members, IReadOnlyList<Failure> failures)
    {
        var thing = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(thing, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        var clean = new ArrayBufferWriter<byte>(thing.WrittenCount);
        CleanJson.AppendItems(thing.WrittenMemory, clean);
        return new ThingRead(clean.WrittenMemory, failures, null);
    }
}

/// <summary>A thing that was read, or why there is none.</summary>
/// <param name="Thing">A JSON object, with what acts in its strings taken out.</param>
/// <param name="Failures">Parts that are missing.</param>
internal readonly record struct ThingRead(ReadOnlyMemory<byte>? Thing, IReadOnlyList<Failure> Failures, Refusal? Refusal)
{
    public static ThingRead Refused(Refusal refusal) => new(null, [], refusal);
}

/// <summary>One thing as the one page there is.</summary>
internal sealed class ThingPages(Func<CancellationToken, Task<ThingRead>> read) : IPages
{
    public async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        var thing = await read(cancellationToken);
        return thing.Thing is { } item ? new Page(item, 1, null, null) { Failures = thing.Failures } : PageRead.Refused(thing.Refusal!);
    }
}
