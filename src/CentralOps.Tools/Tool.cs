using System.Buffers;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools;

/// <summary>One tool. Stateless: what a call needs comes with the call.</summary>
public abstract class Tool
{
    private protected Tool()
    {
    }

    private protected delegate Task<CallOutcome> BoundCall(ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken);

    public abstract string Name { get; }

    public abstract string Subject { get; }

    public abstract IReadOnlyList<string> Operations { get; }

    public abstract ToolDeclaration Declare();

    /// <summary>Writes one JSON object: the answer, or the refusal, which is also returned. Only faults and cancellation throw.</summary>
    public async Task<CallOutcome> RunAsync(ToolCall call, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // 1. Every argument, or everything that is wrong with them.
        var place = new AnswerPlace();
        Refusal? refusal = Bind(call, place, out var bound);

        // 2. The answer, in the time there is.
        if (refusal is null)
        {
            var outcome = await AnswerInTimeAsync(bound, new ToolSetting(this, call, place), output, cancellationToken);
            refusal = outcome.Refusal;
        }

        // 3. Will it pass?
        if (refusal is null && output.WrittenCount > call.MaxAnswerBytes)
        {
            refusal = new Refusal.AnswerTooLarge(output.WrittenCount, call.MaxAnswerBytes);
            output.ResetWrittenCount();
        }

        // 4. A refusal is an answer too.
        if (refusal is not null)
        {
            RefusalAnswer.Write(refusal, place, output);
        }

        return new CallOutcome(refusal);
    }

    /// <summary>The arguments, checked, and the call that takes them; every problem is noted in the reader.</summary>
    private protected abstract BoundCall Bind(ArgumentReader reader);

    private Refusal.BadArguments? Bind(ToolCall call, AnswerPlace place, out BoundCall bound)
    {
        using var reader = ArgumentReader.Open(call.Arguments, place);
        bound = Bind(reader);
        return reader.Finish();
    }

    private static async Task<CallOutcome> AnswerInTimeAsync(
        BoundCall bound, ToolSetting setting, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (setting.Call.TimeAllowed is not { } allowed)
        {
            return await bound(setting, output, cancellationToken);
        }

        using var deadline = new CancellationTokenSource(allowed, setting.Services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await bound(setting, output, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            output.ResetWrittenCount();
            return new CallOutcome(new Refusal.OutOfTime(allowed));
        }
    }
}

/// <summary>A tool with its arguments. Nothing asynchronous here: the state machine of a generic class is left to the JIT.</summary>
internal abstract class Tool<TArguments> : Tool
{
    private protected sealed override BoundCall Bind(ArgumentReader reader)
    {
        var arguments = Read(reader);
        return (setting, output, cancellationToken) => AnswerAsync(arguments, setting, output, cancellationToken);
    }

    /// <summary>The arguments, checked; every problem is noted in the reader.</summary>
    protected abstract TArguments Read(ArgumentReader reader);

    /// <summary>Writes the answer, or returns why there is none and writes nothing.</summary>
    protected abstract Task<CallOutcome> AnswerAsync(TArguments arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken);
}
