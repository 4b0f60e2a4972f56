namespace CentralOps.Gateway.Serving;

/// <summary>What one gateway takes at most. AgentCore's quotas, where it has one.</summary>
internal static class Limits
{
    /// <summary>AgentCore's limit on a payload; Lambda's on an invocation is the same.</summary>
    public const int MaxBodyBytes = 6 * 1024 * 1024;

    /// <summary>How much of a body that is too large is read, so that its sender gets to see the refusal; beyond it the connection is closed.</summary>
    public const int MaxDroppedBytes = 4 * MaxBodyBytes;

    public const int MaxConnections = 5000;

    /// <summary>Header lines, names and values; more are answered by the HTTP server itself, with status 431.</summary>
    public const int MaxHeaderBytes = 32 * 1024;

    public const int MaxHeaders = 100;

    public const int MaxRequestLineBytes = 8 * 1024;

    public const int MaxBatch = 50;

    /// <summary>Answers of a batch that have come to more are its last: what follows is refused one by one, and nothing is invoked for it.</summary>
    public const int MaxBatchAnswerBytes = MaxBodyBytes;

    /// <summary>It travels on in the client context, which Lambda limits to 3,583 bytes in all.</summary>
    public const int MaxIdBytes = 256;

    /// <summary>AgentCore's limit on <c>target___tool</c>.</summary>
    public const int MaxToolName = 256;

    /// <summary>Longer names are refused by Bedrock's Converse API, and so by most agents.</summary>
    public const int BedrockToolName = 64;

    public const int MaxTargets = 100;

    public const int MaxToolsPerTarget = 1000;
}
