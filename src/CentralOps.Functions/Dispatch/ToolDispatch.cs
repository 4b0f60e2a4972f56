using System.Buffers;
using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Functions.Runtime;
using CentralOps.Tools;

namespace CentralOps.Functions.Dispatch;

/// <summary>From an invocation to the tool that it names.</summary>
internal sealed class ToolDispatch(IReadOnlyList<Tool> tools, ToolServices services, TimeProvider time)
{
    /// <summary>What Lambda hands back at most of one synchronous call.</summary>
    private const int MaxAnswerBytes = 6 * 1024 * 1024;

    /// <summary>Kept back from the deadline, to say that time was short before Lambda ends the process.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(500);

    /// <summary>The answer's bytes, or the error that takes their place.</summary>
    public async Task<DispatchResult> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        // 1. Which tool? The gateway puts its target's name before it.
        if (!GatewayContext.TryReadToolName(invocation.ClientContext, out var name))
        {
            return new(default, new RuntimeError("NoToolName", $"The client context names no tool in custom.{GatewayContext.ToolName}. {Serves()}"));
        }

        // 2. Is it one of ours?
        if (tools.FirstOrDefault(tool => string.Equals(tool.Name, name, StringComparison.Ordinal)) is not { } tool)
        {
            return new(default, new RuntimeError("UnknownTool", $"This function has no tool '{PlainText.Line(name, 80)}'. {Serves()}"));
        }

        // 3. Run it for the caller, in the time that is left. The caller is a constant until the gateway signs its context.
        var call = new ToolCall(invocation.Payload, Caller.Local, invocation.RequestId, services)
        {
            TimeAllowed = TimeAllowed(invocation),
            MaxAnswerBytes = MaxAnswerBytes,
        };
        var output = new ArrayBufferWriter<byte>(4096);
        await tool.RunAsync(call, output, cancellationToken);
        return new(output.WrittenMemory, null);
    }

    private TimeSpan TimeAllowed(Invocation invocation)
    {
        var left = invocation.Deadline - time.GetUtcNow();
        return left > 2 * Reserve ? left - Reserve : TimeSpan.FromTicks(Math.Max(left.Ticks / 2, TimeSpan.TicksPerMillisecond));
    }

    private string Serves() => $"It has {string.Join(", ", tools.Select(static tool => tool.Name))}.";
}

/// <summary>What goes back to Lambda.</summary>
internal readonly record struct DispatchResult(ReadOnlyMemory<byte> Answer, RuntimeError? Error);
