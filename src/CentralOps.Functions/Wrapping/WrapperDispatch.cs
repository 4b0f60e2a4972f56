using System.Text.Json;
using CentralOps.Functions.Dispatch;
using CentralOps.Functions.Runtime;
using CentralOps.Proxy.Wrapping;

namespace CentralOps.Functions.Wrapping;

/// <summary>
/// Both ways in front of the wrapper: a gateway's Lambda target, which names the tool in the client context and gets the MCP result as it is; and the function URL,
/// over which it is an MCP server.
/// </summary>
internal sealed class WrapperDispatch(McpWrapper wrapper, WrapperServer server, CallerReading callers, UrlCallers urls, TimeProvider time) : IDispatch
{
    /// <summary>Kept back from the deadline, to say that time was short before Lambda ends the process: a sixth of what is left, within bounds.</summary>
    private static readonly TimeSpan LeastReserve = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan MostReserve = TimeSpan.FromSeconds(3);

    public async Task<DispatchResult> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        // 1. A tool that a gateway names. What else the event looks like does not matter then: its members are the client's.
        if (GatewayContext.TryRead(invocation.ClientContext, out var context))
        {
            return await CallAsync(context, invocation, cancellationToken);
        }

        // 2. A request to the function URL.
        if (UrlEvent.TryRead(invocation.Payload, out var request))
        {
            var response = await server.AnswerAsync(request.Request, urls.Of(request.UserArn), TimeAllowed(invocation), cancellationToken);
            return new(UrlEvent.Write(response), null);
        }

        return new(default, new RuntimeError(
            "NoToolName", $"The client context names no tool in custom.{GatewayContext.ToolNameMember}, and the event is no request to a function URL (payload format 2.0)."));
    }

    private async Task<DispatchResult> CallAsync(GatewayContext context, Invocation invocation, CancellationToken cancellationToken)
    {
        var caller = await callers.ReadAsync(context, invocation, cancellationToken);
        var call = new WrappedCall(context.ToolName, invocation.Payload, caller, TimeAllowed(invocation))
        {
            CalledAs = context.WholeToolName,
            MessageId = JsonSerializer.SerializeToUtf8Bytes(invocation.RequestId, WrapperJson.Default.String),
        };
        var answer = await wrapper.CallAsync(call, cancellationToken);
        return answer.IsUnknownTool
            ? new(default, new RuntimeError("UnknownTool", $"The MCP server behind this function has no tool '{Accounts.PlainText.Line(context.ToolName, 80)}', or none that is passed on."))
            : new(answer.Json, null);
    }

    private TimeSpan TimeAllowed(Invocation invocation)
    {
        var left = invocation.Deadline - time.GetUtcNow();
        var reserve = TimeSpan.FromTicks(Math.Clamp(left.Ticks / 6, LeastReserve.Ticks, MostReserve.Ticks));
        return left > 2 * reserve ? left - reserve : TimeSpan.FromTicks(Math.Max(left.Ticks / 2, TimeSpan.TicksPerMillisecond));
    }
}
