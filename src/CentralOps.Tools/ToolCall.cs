using System.Diagnostics.CodeAnalysis;
using CentralOps.Access.Callers;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Endpoints;
using CentralOps.Ledger;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Fleet;

namespace CentralOps.Tools;

/// <summary>One call of a tool.</summary>
/// <param name="Arguments">The arguments as a JSON object.</param>
/// <param name="RequestId">The call's id; it is handed on to AWS.</param>
public sealed record ToolCall(ReadOnlyMemory<byte> Arguments, Caller Caller, string? RequestId, ToolServices Services)
{
    /// <summary>After this the tool stops and says so; null where nobody else sets an end.</summary>
    public TimeSpan? TimeAllowed { get; init; }

    /// <summary>The name that the tool was called by, with its target's in front (<c>target___tool</c>); null where it is not known.</summary>
    public string? CalledAs { get; init; }

    /// <summary>Of the trace that the call belongs to; null where there is none.</summary>
    public string? TraceId { get; init; }

    /// <summary>What the answer may come to, in bytes.</summary>
    public int MaxAnswerBytes { get; init; } = int.MaxValue;

    /// <summary>Hears how far a call over many accounts has come, a few times a second; null where nobody listens.</summary>
    public IProgress<FleetProgress>? Progress { get; init; }

    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(250);

    /// <summary>How long calls may wait for AWS's quotas: a little less than the time allowed, so that there is time to say what it was that took so long.</summary>
    internal Deadline? WaitsUntil() =>
        TimeAllowed is { } allowed ? Deadline.In(allowed - (allowed / 10 < Reserve ? allowed / 10 : Reserve), Services.Time) : null;
}

/// <summary>What tools stand on.</summary>
/// <param name="Home">The region that CentralOps itself runs in.</param>
public sealed record ToolServices(WayIn WayIn, AccountDirectory Directory, RegionName Home, TimeProvider Time)
{
    private static readonly Lazy<TokenKeys> OwnKeys = new(TokenKeys.New);

    private readonly Lazy<FleetMemory> _fleet = new(() => new FleetMemory(Time));
    private readonly TokenKeys? _keys;

    /// <summary>Where calls are recorded.</summary>
    public ILedger Ledger { get; init; } = NoLedger.Instance;

    /// <summary>
    /// What next_tokens and account handles are signed with. Replicas and functions that are to go on with each other's answers have the same; unless given it is this process's own.
    /// </summary>
    [AllowNull]
    public TokenKeys TokenKeys
    {
        get => _keys ?? OwnKeys.Value;
        init => _keys = value;
    }

    internal AccountHandles Handles => new(TokenKeys, Time);

    /// <summary>What calls over many accounts share. Made with the first of them.</summary>
    internal FleetMemory Fleet => _fleet.Value;
}

/// <summary>What a tool has at hand while it answers.</summary>
/// <param name="use">Who uses the tool, and who hears of it.</param>
/// <param name="deadline">Ends when the time is up that the call was given.</param>
internal sealed class ToolSetting(ToolUse use, ToolCall call, AnswerPlace place, CancellationToken deadline)
{
    public ToolCall Call => call;

    public AnswerPlace Place => place;

    public ToolServices Services => call.Services;

    public ToolUse Use => use;

    /// <summary>The caller's tokens.</summary>
    public NextTokens Tokens => new(call.Services.TokenKeys, call.Caller, call.Services.Time);

    /// <summary>Whether what was read so far has to do.</summary>
    public bool IsTimeUp => deadline.IsCancellationRequested;

    /// <summary>Ends when the time is up that the call was given.</summary>
    public CancellationToken TimeUp => deadline;

    /// <summary>What another tool has at hand that this one asks, or this one at another place.</summary>
    public ToolSetting For(ToolUse otherUse, AnswerPlace otherPlace, CancellationToken otherDeadline) => new(otherUse, call, otherPlace, otherDeadline);

    /// <summary>Opens the account that the arguments name, in their region; from then on answers tell its id.</summary>
    public async Task<Opened> OpenAsync(string selector, CancellationToken cancellationToken)
    {
        var opened = await Services.WayIn.OpenAsync(selector, place.Region ?? Services.Home, Use, cancellationToken);
        place.Account = opened.Account?.Id.ToString() ?? place.Account;
        place.Door = opened.Door;
        return opened;
    }
}
