namespace CentralOps.Gateway.Targets;

/// <summary>What a target answered: a JSON value, a whole MCP result, an MCP server's error, or why there is none of them.</summary>
public readonly record struct TargetAnswer
{
    private TargetAnswer(ReadOnlyMemory<byte> json, TargetAnswerForm form, TargetFailure? failure = null)
    {
        Json = json;
        Form = form;
        Failure = failure;
    }

    public TargetAnswerForm Form { get; }

    /// <summary>UTF-8 JSON of any kind; empty where the target returned nothing.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    public TargetFailure? Failure { get; }

    /// <summary>What the target's answer adds to the response's headers; only names that the target may send back.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>A value; it becomes the one text of the result.</summary>
    public static TargetAnswer Of(ReadOnlyMemory<byte> json) => new(json, TargetAnswerForm.Value);

    /// <summary>An MCP result object in the dialect of the caller: passed on whole, nothing is added but what the dialect demands.</summary>
    public static TargetAnswer Result(ReadOnlyMemory<byte> json) => new(json, TargetAnswerForm.Result);

    /// <summary>A JSON-RPC error object (<c>code</c>, <c>message</c>, perhaps <c>data</c>) that an MCP server answered with; its text is shaped.</summary>
    public static TargetAnswer Error(ReadOnlyMemory<byte> json) => new(json, TargetAnswerForm.Error);

    public static TargetAnswer Failed(TargetFailureKind kind, string detail) => Failed(new(kind, detail));

    internal static TargetAnswer Failed(TargetFailure failure) => new(default, TargetAnswerForm.Value, failure);
}

/// <summary>What an answer's JSON is.</summary>
public enum TargetAnswerForm
{
    /// <summary>What a function returned.</summary>
    Value,

    /// <summary>An MCP result.</summary>
    Result,

    /// <summary>An MCP error.</summary>
    Error,
}

/// <summary>A call that the target did not answer.</summary>
/// <param name="Detail">What a caller of a gateway in DEBUG reads: what failed and what to do. No secrets, nothing unshaped.</param>
public sealed record TargetFailure(TargetFailureKind Kind, string Detail)
{
    /// <summary>What failed, as sentences without a remedy: for whoever reaches the target without a gateway, and has other advice.</summary>
    public string Problem { get => field ?? Detail; init; }
}

/// <summary>The ways in which a target fails.</summary>
public enum TargetFailureKind
{
    /// <summary>The function itself ended in an error.</summary>
    Function,

    /// <summary>The gateway's role may not call it, or has no credentials.</summary>
    Access,
    NotFound,

    /// <summary>All its concurrency was in use, and stayed so for as long as the gateway waits.</summary>
    Throttled,
    TimedOut,

    /// <summary>The arguments or the answer exceed what a target takes or gives.</summary>
    TooLarge,

    /// <summary>No answer came.</summary>
    Network,

    /// <summary>AWS, or the service in front of the function, failed or refused.</summary>
    Service,

    /// <summary>An answer came that cannot be passed on.</summary>
    BadAnswer,

    /// <summary>The caller sent something that the target's configuration would pass on and that cannot be passed.</summary>
    BadRequest,
}
