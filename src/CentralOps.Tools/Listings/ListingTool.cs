using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Resources;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Listings;

/// <summary>A tool that lists one kind of resource of an account. A tool of one operation says what it asks and what it answers, no more.</summary>
internal abstract class ListingTool : AccountTool
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    private IReadOnlyList<Argument>? _arguments;
    private IntegerArgument? _limit;

    public override IReadOnlyList<string> Operations => [Resource.Operation];

    private protected abstract Resource Resource { get; }

    /// <summary>What the tool asks beside account, region, limit and next_token.</summary>
    private protected abstract IReadOnlyList<Argument> Own { get; }

    private protected virtual RegionArgument Region => RegionArgument.Asked;

    private protected sealed override IReadOnlyList<Argument> Arguments =>
        _arguments ??= [AccountArgument.Only, Region, .. Own, Limit, NextTokenArgument.Only];

    private IntegerArgument Limit => _limit ??= IntegerArgument.Limit($"{Plural(char.ToUpperInvariant(Resource.Noun[0]) + Resource.Noun[1..])}", DefaultLimit, MaxLimit);

    private protected virtual IPages Pages(OpenAccount door, ArgumentValues arguments) => new OperationPages(door, Resource, arguments);

    private protected sealed override JsonObject Answer() => AnswerSchema.Object(
    [
        .. AnswerSchema.Place(),
        ($"{Resource.Noun}_count", AnswerSchema.Integer($"{Plural(Resource.Noun)} in this answer.")),
        ($"{Resource.Noun}s", AnswerSchema.List(Resource.Schema())),
        .. AnswerSchema.Rest(),
        AnswerSchema.Failures(),
    ]);

    private protected sealed override async Task<Refusal?> AnswerAsync(
        OpenAccount door, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var query = NextToken.HashOf(Name, setting.Place.Account!, setting.Place.RegionText, arguments.Question());
        if (!NextToken.TryContinue(arguments.Of(NextTokenArgument.Only), query, out var start, out var refusal))
        {
            return refusal;
        }

        var listing = new Listing(Pages(door, arguments), setting);
        if (await listing.ReadAsync(start, arguments.Of(Limit), cancellationToken) is { } nothing)
        {
            return nothing;
        }

        Write(listing, setting.Place, output);
        return null;
    }

    private void Write(Listing listing, AnswerPlace place, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        place.Write(json);
        json.WriteNumber($"{Resource.Noun}_count", listing.Count);
        json.WriteStartArray($"{Resource.Noun}s");
        json.Flush();
        listing.WriteTo(output);
        json.WriteEndArray();
        NextToken.WriteEnd(listing.Next, json);
        Failure.WriteAll(listing.Failures, place, json);
        json.WriteEndObject();
    }

    private static string Plural(string noun) => noun.Replace('_', ' ') + "s";
}
