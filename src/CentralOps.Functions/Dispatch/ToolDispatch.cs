using System.Buffers;
using CentralOps.Accounts;
using CentralOps.Functions.Runtime;
using CentralOps.Tools;

namespace CentralOps.Functions.Dispatch;

/// <summary>From an invocation to the tool that it names.</summary>
internal sealed class ToolDispatch(IReadOnlyList<Tool> tools, ToolServices services, CallerReading callers, TimeProvider time) : IDispatch
{
    /// <summary>What Lambda hands back at most of one synchronous call.</summary>
    private const int MaxAnswerBytes = 6 * 1024 * 1024;

    /// <summary>Kept back from the deadline, to say that time was short before Lambda ends the process.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(500);

    /// <summary>The answer's bytes, or the error that takes their place.</summary>
    public async Task<DispatchResult> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        // 1. Which tool? The gateway puts its target's name before it.
        if (!GatewayContext.TryRead(invocation.ClientContext, out var context))
        {
            return new(default, new RuntimeError("NoToolName", $"The client context names no tool in custom.{GatewayContext.ToolNameMember}. {Serves()}"));
        }

        // 2. Is it one of ours?
        if (tools.FirstOrDefault(tool => string.Equals(tool.Name, context.ToolName, StringComparison.Ordinal)) is not { } tool)
        {
            return new(default, new RuntimeError("UnknownTool", $"This function has no tool '{PlainText.Line(context.ToolName, 80)}'. {Serves()}"));
        }

        // 3. For whom? Only a signature says.
        var caller = await callers.ReadAsync(context, invocation, cancellationToken);

        // 4. Run it, in the time that is left.
        var call = new ToolCall(invocation.Payload, caller, invocation.RequestId, services)
        {
            TimeAllowed = TimeAllowed(invocation),
            MaxAnswerBytes = MaxAnswerBytes,
            CalledAs = context.WholeToolName,
            TraceId = invocation.TraceId,
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

/// <summary>What a function does with a call. Two kinds of functions are in this binary: those of tools, and the interceptor.</summary>
internal interface IDispatch
{
    /// <summary>The answer's bytes, or the error that takes their place.</summary>
    Task<DispatchResult> RunAsync(Invocation invocation, CancellationToken cancellationToken);
}

/// <summary>What goes back to Lambda.</summary>
internal readonly record struct DispatchResult(ReadOnlyMemory<byte> Answer, RuntimeError? Error);
