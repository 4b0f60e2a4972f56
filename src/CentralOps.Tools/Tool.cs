using System.Buffers;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Recording;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools;

/// <summary>One tool. Stateless: what a call needs comes with the call.</summary>
public abstract class Tool
{
    private protected Tool()
    {
    }

    public abstract string Name { get; }

    /// <summary>The AWS subject that the tool belongs to, such as <c>ec2</c>; tools of one subject are served by one function.</summary>
    public abstract string Subject { get; }

    /// <summary>Every operation that the tool calls, as <c>service:Operation</c>.</summary>
    public abstract IReadOnlyList<string> Operations { get; }

    private protected abstract string Description { get; }

    /// <summary>Arguments as JSON.</summary>
    private protected abstract string Example { get; }

    private protected abstract IReadOnlyList<Argument> Arguments { get; }

    /// <summary>Whether the tool asks one account, which its refusals tell then.</summary>
    private protected virtual bool AsksAnAccount => true;

    /// <param name="home">The region that CentralOps itself runs in: tools ask it where no other is given.</param>
    public ToolDeclaration Declare(RegionName home)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var argument in Arguments)
        {
            properties[argument.Name] = argument.Schema(home.Text);
            if (argument.IsRequired)
            {
                required.Add((JsonNode)argument.Name);
            }
        }

        var input = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            input["required"] = required;
        }

        input["additionalProperties"] = false;
        return new ToolDeclaration
        {
            Name = Name,
            Subject = Subject,
            Description = Description,
            InputSchema = AnswerSchema.Freeze(input),
            OutputSchema = AnswerSchema.OrRefusal(Answer(), AsksAnAccount, FleetAnswer(), ShapedAnswer()),
            Operations = Operations,
            Example = Example,
        };
    }

    /// <summary>Writes one JSON object: the answer, or the refusal, which is also returned. Only faults and cancellation throw.</summary>
    public async Task<CallOutcome> RunAsync(ToolCall call, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // 1. Is the tool there for this caller?
        var place = new AnswerPlace(call.Services.Home);
        var use = new ToolUse(call.Caller, Name, Operations) { RequestId = call.RequestId, CalledAs = call.CalledAs, Deadline = call.WaitsUntil(), Handles = call.Services.Handles };
        Refusal? refusal = call.Services.WayIn.MaySeeTool(use) ? null : new Refusal.ToolNotPermitted(Name);

        // 2. Every argument, or everything that is wrong with them.
        ArgumentValues? arguments = null;
        refusal ??= ReadArguments(call.Arguments, place, out arguments);

        // 3. The answer, in the time there is.
        if (refusal is null)
        {
            refusal = await AnswerOnRecordAsync(arguments!, use, call, place, output, cancellationToken);
        }

        // 4. A refusal is an answer too.
        if (refusal is not null)
        {
            RefusalAnswer.Write(refusal, place, output);
        }

        return new CallOutcome(refusal);
    }

    /// <summary>The schema of an answer.</summary>
    private protected abstract JsonObject Answer();

    /// <summary>The schema of an answer over many accounts; null for a tool that gives none.</summary>
    private protected virtual JsonObject? FleetAnswer() => null;

    /// <summary>The schema of an answer whose items were queried or written as text; null for a tool that gives none.</summary>
    private protected virtual JsonObject? ShapedAnswer() => null;

    /// <summary>Writes the answer, or returns why there is none and writes nothing.</summary>
    private protected abstract Task<Refusal?> AnswerAsync(ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken);

    /// <summary>What one argument alone cannot tell, such as two that exclude each other.</summary>
    private protected virtual void Check(ArgumentValues arguments, ArgumentReader reader)
    {
    }

    /// <summary>Reads arguments as a call of this tool has them, or tells everything that is wrong with them.</summary>
    /// <param name="json">The arguments as a JSON object.</param>
    internal Refusal.BadArguments? ReadArguments(ReadOnlyMemory<byte> json, AnswerPlace place, out ArgumentValues arguments)
    {
        using var reader = ArgumentReader.Open(json, place);
        arguments = ArgumentValues.Read(Arguments, reader);
        Check(arguments, reader);
        return reader.Finish();
    }

    private async Task<Refusal?> AnswerOnRecordAsync(
        ArgumentValues arguments, ToolUse use, ToolCall call, AnswerPlace place, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (!call.Services.Ledger.IsRecording)
        {
            return await AnswerThatPassesAsync(arguments, use, call, place, output, cancellationToken);
        }

        // What cannot be recorded is not done.
        var begun = await CallRecording.BeginAsync(use, call, arguments, cancellationToken);
        if (begun.Recording is not { } recording)
        {
            return begun.Refusal;
        }

        Refusal? refusal = null;
        Exception? fault = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return refusal = await AnswerThatPassesAsync(arguments, use with { Log = recording.Log }, call, place, output, cancellationToken);
        }
        catch (Exception thrown)
        {
            fault = thrown;
            throw;
        }
        finally
        {
            await recording.EndAsync(refusal, fault, output.WrittenCount, CancellationToken.None);
        }
    }

    private async Task<Refusal?> AnswerThatPassesAsync(
        ArgumentValues arguments, ToolUse use, ToolCall call, AnswerPlace place, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var refusal = await AnswerInTimeAsync(arguments, use, call, place, output, cancellationToken);
        if (refusal is not null || output.WrittenCount <= call.MaxAnswerBytes)
        {
            return refusal;
        }

        refusal = new Refusal.AnswerTooLarge(output.WrittenCount, call.MaxAnswerBytes);
        output.ResetWrittenCount();
        return refusal;
    }

    private async Task<Refusal?> AnswerInTimeAsync(
        ArgumentValues arguments, ToolUse use, ToolCall call, AnswerPlace place, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (call.TimeAllowed is not { } allowed)
        {
            return await AnswerAsync(arguments, new ToolSetting(use, call, place, CancellationToken.None), output, cancellationToken);
        }

        using var deadline = new CancellationTokenSource(allowed, call.Services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await AnswerAsync(arguments, new ToolSetting(use, call, place, deadline.Token), output, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            output.ResetWrittenCount();
            return new Refusal.OutOfTime(allowed);
        }
    }
}
