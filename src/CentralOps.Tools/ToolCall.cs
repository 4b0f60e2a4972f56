using CentralOps.Access.Callers;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools;

/// <summary>One call of a tool.</summary>
/// <param name="Arguments">The arguments as a JSON object.</param>
/// <param name="RequestId">The call's id; it is handed on to AWS.</param>
public sealed record ToolCall(ReadOnlyMemory<byte> Arguments, Caller Caller, string? RequestId, ToolServices Services)
{
    /// <summary>After this the tool stops and says so; null where nobody else sets an end.</summary>
    public TimeSpan? TimeAllowed { get; init; }

    /// <summary>What the answer may come to, in bytes.</summary>
    public int MaxAnswerBytes { get; init; } = int.MaxValue;
}

/// <summary>What tools stand on.</summary>
/// <param name="Home">The region that CentralOps itself runs in.</param>
public sealed record ToolServices(WayIn WayIn, AccountDirectory Directory, RegionName Home, TimeProvider Time);

/// <summary>What a tool has at hand while it answers.</summary>
/// <param name="deadline">Ends when the time is up that the call was given.</param>
internal sealed class ToolSetting(Tool tool, ToolCall call, AnswerPlace place, CancellationToken deadline)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(250);

    public ToolCall Call => call;

    public AnswerPlace Place => place;

    public ToolServices Services => call.Services;

    public ToolUse Use { get; } = new(call.Caller, tool.Name, tool.Operations)
    {
        RequestId = call.RequestId,
        Deadline = DeadlineOf(call),
    };

    /// <summary>Whether what was read so far has to do.</summary>
    public bool IsTimeUp => deadline.IsCancellationRequested;

    /// <summary>A little before the time is up, so that there is time to say what it was that took so long.</summary>
    private static Deadline? DeadlineOf(ToolCall call) =>
        call.TimeAllowed is { } allowed ? Deadline.In(allowed - (allowed / 10 < Reserve ? allowed / 10 : Reserve), call.Services.Time) : null;

    /// <summary>Opens the account that the arguments name, in their region; from then on answers tell its id.</summary>
    public async Task<Opened> OpenAsync(string selector, CancellationToken cancellationToken)
    {
        var opened = await Services.WayIn.OpenAsync(selector, place.Region ?? Services.Home, Use, cancellationToken);
        place.Account = opened.Account?.Id.ToString() ?? place.Account;
        place.Door = opened.Door;
        return opened;
    }
}
