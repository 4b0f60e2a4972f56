namespace CentralOps.Sandbox.Bedrock;

/// <summary>One answer of a scripted model.</summary>
public sealed record ModelTurn
{
    public IReadOnlyList<ModelBlock> Blocks { get; init; } = [];

    /// <summary>Null: <c>tool_use</c> where a tool is used, <c>end_turn</c> otherwise.</summary>
    public string? StopReason { get; init; }

    /// <summary>Null: counted from the request's and the answer's characters.</summary>
    public ModelUsage? Usage { get; init; }

    /// <summary>Before the answer begins, by the sandbox's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Between the events of a stream, by the sandbox's clock.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>How a stream goes wrong; null: it does not.</summary>
    public StreamFault? Fault { get; init; }

    /// <summary>The error that is answered in the place of all of it.</summary>
    public ModelRefusal? Refusal { get; init; }

    /// <summary>Text, and nothing else.</summary>
    public static ModelTurn Say(string text) => new() { Blocks = [new ModelBlock.Text(text)] };

    /// <summary>One tool is used.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="input">Its input, JSON.</param>
    public static ModelTurn Use(string tool, string input = "{}") => new() { Blocks = [new ModelBlock.ToolUse(tool, input)] };

    /// <summary>Bedrock's own throttle.</summary>
    public static ModelTurn Throttle() => Refuse("ThrottlingException", "Too many requests, please wait before trying again.", 429);

    public static ModelTurn Refuse(string code, string message, int status = 400) => new() { Refusal = new ModelRefusal(code, message, status) };
}

/// <summary>A part of an answer.</summary>
public abstract record ModelBlock
{
    private ModelBlock()
    {
    }

    public sealed record Text(string Words) : ModelBlock;

    /// <param name="Name">The tool.</param>
    /// <param name="Input">JSON. What is none is sent as it stands in a stream; a whole answer has no form for it, and becomes a <c>ModelErrorException</c>.</param>
    /// <param name="Id">Null: one is made.</param>
    public sealed record ToolUse(string Name, string Input, string? Id = null) : ModelBlock;

    /// <param name="Words">What the model thought.</param>
    /// <param name="Signature">What has to come back with it.</param>
    public sealed record Reasoning(string Words, string Signature) : ModelBlock;
}

public sealed record ModelUsage(int InputTokens, int OutputTokens, int CacheReadInputTokens = 0, int CacheWriteInputTokens = 0);

/// <summary>An error as Bedrock answers it.</summary>
public sealed record ModelRefusal(string Code, string Message, int Status);

/// <summary>How a stream of events goes wrong.</summary>
/// <param name="AfterEvents">Events that come before it.</param>
/// <param name="Exception">The stream's exception, such as <c>throttlingException</c> or <c>modelStreamErrorException</c>; null: the connection is closed in the middle of an event.</param>
public sealed record StreamFault(int AfterEvents, string? Exception = null, string Message = "The system encountered an unexpected error during processing. Try your request again.");
