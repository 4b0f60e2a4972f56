using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Resources;
using CentralOps.Tools.Schemas;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Listings;

/// <summary>A tool that lists one kind of resource of an account. A tool of one operation says what it asks and what it answers, no more.</summary>
internal abstract class ListingTool : AccountTool
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    private IntegerArgument? _limit;
    private IReadOnlyList<string>? _fields;

    internal sealed override RowNames Rows => new(Resource.Noun, IsOne: false);

    internal sealed override IReadOnlyList<string> RowFields => _fields ??= [.. Resource.Fields.Select(static one => one.Name)];

    internal sealed override IntegerArgument? Limit => TheLimit;

    private protected override IReadOnlyList<string> OwnOperations => [Resource.Operation];

    private protected abstract Resource Resource { get; }

    private IntegerArgument TheLimit => _limit ??= IntegerArgument.Limit(char.ToUpperInvariant(Resource.Plural[0]) + Resource.Plural[1..], DefaultLimit, MaxLimit);

    internal sealed override IPages PagesOf(PlaceAsked place) => Pages(place.Door!, place.Arguments);

    private protected virtual IPages Pages(OpenAccount door, ArgumentValues arguments) => new OperationPages(door, Resource, arguments);

    private protected sealed override JsonObject Answer() => AnswerSchema.Object(
    [
        .. AnswerSchema.Place(),
        (Rows.Count, AnswerSchema.Integer($"{Resource.Plural} in this answer.")),
        (Rows.Member, AnswerSchema.List(AnswerSchema.Choosable(Resource.Schema()))),
        .. AnswerSchema.Rest(),
        AnswerSchema.Failures(),
    ]);

    private protected sealed override async Task<Refusal?> AnswerAsync(
        OpenAccount door, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var query = NextToken.HashOf(Name, setting.Place.Account!, setting.Place.RegionText, arguments.Question());
        if (!setting.Tokens.TryContinue(arguments.Of(NextTokenArgument.Only), query, out var start, out var refusal))
        {
            return refusal;
        }

        var shape = Shape.Of(arguments);
        int? maxBytes = arguments.Of(ShapeArguments.MaxBytes) is > 0 and var given ? given : null;
        var listing = new Listing(Pages(door, arguments), setting, shape, maxBytes);
        if (await listing.ReadAsync(start, arguments.Of(TheLimit), cancellationToken) is { } nothing)
        {
            return nothing;
        }

        if (!shape.IsList)
        {
            return Write(listing, shape, door, setting, output, cancellationToken);
        }

        Write(listing, setting, output);
        return null;
    }

    private void Write(Listing listing, ToolSetting setting, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        setting.Place.Write(json);
        json.WriteNumber(Rows.Count, listing.Count);
        json.WriteStartArray(Rows.Member);
        json.Flush();
        listing.WriteTo(output);
        json.WriteEndArray();
        NextToken.WriteEnd(listing.Next, setting.Tokens, json);
        Failure.WriteAll(listing.Failures, setting.Place, json);
        json.WriteEndObject();
    }

    private Refusal? Write(Listing listing, RowShape shape, OpenAccount door, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var items = new ArrayBufferWriter<byte>(4096);
        listing.WriteTo(items);
        var rows = new ShapedRows(shape, setting.Call.MaxAnswerBytes);
        rows.Add(FlatRows.Head(door.Id.ToString(), door.Account.Name, setting.Place.RegionText), items.WrittenSpan);
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        return rows.Write(
            json,
            body =>
            {
                setting.Place.Write(body);
                body.WriteNumber(Rows.Count, listing.Count);
            },
            body =>
            {
                NextToken.WriteEnd(listing.Next, setting.Tokens, body);
                Failure.WriteAll(listing.Failures, setting.Place, body);
            },
            cancellationToken);
    }
}
