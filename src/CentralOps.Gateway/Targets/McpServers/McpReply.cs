using System.Net.Http.Headers;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>What came of a request: a result or error of the server, or why there is neither.</summary>
internal readonly record struct McpReply
{
    /// <summary>A result or an error; garbage where there is a failure.</summary>
    public RpcMessage Message { get; init; }

    /// <summary>Of the answer.</summary>
    public HttpResponseHeaders? Headers { get; init; }

    public TargetFailure? Failure { get; init; }

    /// <summary>HTTP's; 0 where no answer came.</summary>
    public int Status { get; init; }

    /// <summary>The error's code; 0 where there is none.</summary>
    public int ErrorCode { get; init; }

    public static McpReply Failed(TargetFailure failure, int status = 0) => new() { Failure = failure, Status = status };
}
