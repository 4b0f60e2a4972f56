using System.Buffers;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Fleet;
using CentralOps.Tools.Listings;

namespace CentralOps.Tools;

/// <summary>A tool that asks one account, or any number of them the same.</summary>
internal abstract class AccountTool : Tool
{
    /// <summary>Tells which regions an account has: asked only where a call says <c>all</c>.</summary>
    public const string RegionsOperation = "ec2:DescribeRegions";

    private IReadOnlyList<Argument>? _arguments;
    private IReadOnlyList<string>? _operations;
    private ShapeArguments? _shape;

    /// <summary>Those of the tool's own, and for regional tools the one that tells which regions there are.</summary>
    public sealed override IReadOnlyList<string> Operations =>
        _operations ??= IsRegional && !OwnOperations.Contains(RegionsOperation, StringComparer.Ordinal) ? [.. OwnOperations, RegionsOperation] : OwnOperations;

    /// <summary>What a place's answer holds.</summary>
    internal abstract RowNames Rows { get; }

    /// <summary>What items have, by name.</summary>
    internal abstract IReadOnlyList<string> RowFields { get; }

    /// <summary>Whether the tool goes into the account by itself, because it has something to tell also of one that is shut.</summary>
    internal virtual bool EntersItself => false;

    /// <summary>Whether what AWS is asked depends on when.</summary>
    internal virtual bool AsksOfTime => false;

    /// <summary>Whether an account answers in each region for itself.</summary>
    internal bool IsRegional => ReferenceEquals(Region, RegionsArgument.Asked);

    internal ShapeArguments Shape => _shape ??= new ShapeArguments(() => RowFields);

    /// <summary>How many items are answered at most; null where the tool has no such argument.</summary>
    internal virtual IntegerArgument? Limit => null;

    /// <summary>Every operation that the tool calls for its answer, as <c>service:Operation</c>.</summary>
    private protected abstract IReadOnlyList<string> OwnOperations { get; }

    /// <summary>What the tool asks beside account, region, limit and shape.</summary>
    private protected abstract IReadOnlyList<Argument> Own { get; }

    /// <summary>The argument of that name; null where the tool has none.</summary>
    private protected virtual Argument? Region => RegionsArgument.Asked;

    private protected sealed override IReadOnlyList<Argument> Arguments => _arguments ??=
    [
        AccountArgument.Only, AccountsArgument.Only, .. Optional(Region), .. Own, .. Optional(Limit), NextTokenArgument.Only, .. Shape.All,
    ];

    /// <summary>What a place of a fleet is asked.</summary>
    internal abstract IPages PagesOf(PlaceAsked place);

    /// <summary>Items that a fleet's answer holds at most, and the size of its pages.</summary>
    internal virtual (int? Limit, int Page) FleetLimits(ArgumentValues arguments) =>
        Limit is { } limit && arguments.IsGiven(limit) ? (arguments.Of(limit), Math.Min(arguments.Of(limit), PlaceReader.UsualPage)) : (null, PlaceReader.UsualPage);

    private protected sealed override JsonObject FleetAnswer() => FleetSchema.Of(Rows);

    private protected sealed override JsonObject ShapedAnswer() => FleetSchema.ShapedOf(Rows);

    private protected sealed override void Check(ArgumentValues arguments, ArgumentReader reader)
    {
        FleetArguments.Check(reader);
        CheckOwn(arguments, reader);
    }

    /// <summary>What one argument alone cannot tell, such as two that exclude each other.</summary>
    private protected virtual void CheckOwn(ArgumentValues arguments, ArgumentReader reader)
    {
    }

    private protected sealed override Task<Refusal?> AnswerAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken) => FleetArguments.AskOne(this, arguments)
            ? AnswerOneAsync(arguments, setting, output, cancellationToken)
            : Fleet.FleetAnswer.WriteAsync(this, arguments, setting, output, cancellationToken);

    private protected virtual async Task<Refusal?> AnswerOneAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var opened = await setting.OpenAsync(arguments.Of(AccountArgument.Only)!, cancellationToken);
        return opened.Door is { } door ? await AnswerAsync(door, arguments, setting, output, cancellationToken) : opened.Refusal;
    }

    /// <summary>Writes the answer, or returns why there is none and writes nothing.</summary>
    private protected abstract Task<Refusal?> AnswerAsync(
        OpenAccount door, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken);

    private static IEnumerable<Argument> Optional(Argument? argument) => argument is null ? [] : [argument];
}

/// <summary>What the items of an answer are called.</summary>
/// <param name="Noun">In the singular: <c>instance</c> gives <c>instance_count</c> and <c>instances</c>.</param>
/// <param name="IsOne">Whether a place has one such thing, under its noun, and no list.</param>
internal readonly record struct RowNames(string Noun, bool IsOne)
{
    public string Count => $"{Noun}_count";

    /// <summary>The member that holds the items, or the one.</summary>
    public string Member => IsOne ? Noun : $"{Noun}s";
}

/// <summary>One place that is asked.</summary>
/// <param name="Door">The open account; null for a tool that enters by itself.</param>
/// <param name="Setting">Its place is this one.</param>
/// <param name="AskedAt">What counts as now, on all pages of an answer.</param>
internal sealed record PlaceAsked(Account Account, OpenAccount? Door, ArgumentValues Arguments, ToolSetting Setting, DateTimeOffset AskedAt);
