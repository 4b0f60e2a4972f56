namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>What goes wrong around an MCP server, in words for its target's owner and for a caller of a gateway in DEBUG.</summary>
internal sealed class McpFailures(string server)
{
    private string Server => $"The MCP server at {Printable.Text(server, 253)}";

    public TargetFailure Network(string problem) => Of(TargetFailureKind.Network, $"{Server} could not be reached: {problem.TrimEnd('.')}.", "Check the target's endpoint, and retry the request.");

    public TargetFailure TimedOut(TimeSpan after) => Of(
        TargetFailureKind.TimedOut, $"{Server} did not answer within {after.TotalSeconds:0.#} seconds.", "Ask for less at once, or raise the gateway's invocation timeout.");

    public TargetFailure TooLarge(string what) => Of(
        TargetFailureKind.TooLarge, $"{what} larger than the 6 MB that are passed on between a caller and the MCP server at {Printable.Text(server, 253)}.", "Ask for less at once.");

    public TargetFailure BadAnswer(string what) => Of(TargetFailureKind.BadAnswer, $"{Server} {what}.", "See the server's log.");

    public TargetFailure Protocol(string what) => new(TargetFailureKind.Service, $"{Server} {what}");

    /// <summary>An HTTP status that came without a JSON-RPC error that could be told.</summary>
    public TargetFailure Status(int status) => status switch
    {
        401 or 403 => Of(
            TargetFailureKind.Access, $"{Server} did not accept the credentials of the gateway (status {status}).", "Check the target's credential provider and what it may do there.")
            with { Problem = $"{Server} did not accept the credentials (status {status})." },
        404 or 405 => Of(TargetFailureKind.NotFound, $"{Server} serves no MCP at the target's endpoint (status {status}).", "Check its path.")
            with { Problem = $"{Server} serves no MCP there (status {status})." },
        413 => TooLarge("The request is"),
        429 => Of(TargetFailureKind.Throttled, $"{Server} asks for fewer requests (status 429).", "Retry later."),
        >= 300 and < 400 => Of(
            TargetFailureKind.Service, $"{Server} redirects to another address (status {status}), which is not followed because the request and its credentials are for this one.", "Put the final URL into the target."),
        _ => Of(TargetFailureKind.Service, $"{Server} answered with status {status}.", "See the server's log, and retry the request."),
    };

    private static TargetFailure Of(TargetFailureKind kind, string problem, string remedy) => new(kind, $"{problem} {remedy}") { Problem = problem };
}
