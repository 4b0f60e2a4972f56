using System.Buffers;
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

    public abstract string Name { get; }

    public abstract string Subject { get; }

    public abstract IReadOnlyList<string> Operations { get; }

    public abstract ToolDeclaration Declare();

    /// <summary>Writes one JSON object: the answer, or the refusal that is also returned. Only faults and cancellation throw.</summary>
    public abstract Task<Refusal?> RunAsync(ToolCall call, ArrayBufferWriter<byte> output, CancellationToken cancellationToken);
}

/// <summary>A tool with its arguments.</summary>
internal abstract class Tool<TArguments> : Tool
{
    public sealed override async Task<Refusal?> RunAsync(ToolCall call, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var place = new AnswerPlace();
        var refusal = Bind(call, place, out var arguments)
            ?? await AnswerInTimeAsync(arguments!, new ToolSetting(this, call, place), output, cancellationToken);
        if (refusal is null && output.WrittenCount > call.MaxAnswerBytes)
        {
            refusal = new Refusal.AnswerTooLarge(output.WrittenCount, call.MaxAnswerBytes);
            output.ResetWrittenCount();
        }

        if (refusal is not null)
        {
            RefusalAnswer.Write(refusal, place, output);
        }

        return refusal;
    }

    /// <summary>The arguments, checked; every problem is noted in the reader.</summary>
    protected abstract TArguments Read(ArgumentReader reader);

    /// <summary>Writes the answer, or returns why there is none and writes nothing.</summary>
    protected abstract Task<Refusal?> AnswerAsync(TArguments arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken);

    private async Task<Refusal?> AnswerInTimeAsync(
        TArguments arguments, ToolSetting setting, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (setting.Call.TimeAllowed is not { } allowed)
        {
            return await AnswerAsync(arguments, setting, output, cancellationToken);
        }

        using var deadline = new CancellationTokenSource(allowed, setting.Services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await AnswerAsync(arguments, setting, output, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            output.ResetWrittenCount();
            return new Refusal.OutOfTime(allowed);
        }
    }

    private Refusal.BadArguments? Bind(ToolCall call, AnswerPlace place, out TArguments? arguments)
    {
        using var reader = ArgumentReader.Open(call.Arguments, place);
        arguments = Read(reader);
        return reader.Finish();
    }
}
