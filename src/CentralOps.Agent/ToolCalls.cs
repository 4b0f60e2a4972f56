using System.Text.Json;
using CentralOps.Agent.Budgets;
using CentralOps.Agent.Context;
using CentralOps.Agent.Fencing;
using CentralOps.Agent.Toolbox;
using CentralOps.Agent.Tracing;
using CentralOps.Text.Shaping;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>Makes the calls that a model asks for, side by side. What they answer reaches the model fenced.</summary>
internal sealed class ToolCalls(IAgentTools tools, ToolShelf shelf, Spending spending, AgentSettings settings, CallLog log)
{
    private const int MostNote = 500;
    private const int MostQuery = 1000;

    /// <summary>Some were not made, because all calls of the budget were.</summary>
    public bool WereRefused { get; private set; }

    /// <summary>One result for each call, in their order.</summary>
    public async Task<IList<AIContent>> RunAsync(IReadOnlyList<FunctionCallContent> calls, Conversation conversation, CancellationToken cancellationToken)
    {
        using var room = new SemaphoreSlim(settings.AtOnce);

        // The budget is taken in the model's order, before anything is made at once.
        var made = calls.Select(call => (Call: call, IsPaid: spending.TryTakeCall())).ToList();
        WereRefused |= made.Exists(static call => !call.IsPaid);
        var answers = await Task.WhenAll(made.Select(call => OneAsync(call.Call, call.IsPaid, room, cancellationToken)));
        var results = new List<AIContent>(answers.Length);
        foreach (var (call, (tool, content)) in calls.Zip(answers))
        {
            var result = new FunctionResultContent(call.CallId, settings.Fence.Around(tool, content));
            conversation.Keep(result, tool, content, spending.Turns);
            results.Add(result);
        }

        return results;
    }

    private async Task<(string Tool, string Content)> OneAsync(FunctionCallContent asked, bool isPaid, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        var name = ForeignText.Line(asked.Name, 128);
        var arguments = CallArguments.Of(asked);
        var call = log.Begin(spending.Turns, name, arguments ?? CallArguments.None, settings.Time.GetUtcNow());
        var begun = settings.Time.GetTimestamp();
        var ended = false;
        try
        {
            var (content, done) = NotMade(name, arguments, isPaid) is { } why
                ? (Says(why), call with { Outcome = CallOutcome.NotMade, Note = why })
                : await MakeAsync(call, room, cancellationToken);
            log.End(done with { Duration = settings.Time.GetElapsedTime(begun) });
            ended = true;
            return (name, content);
        }
        finally
        {
            if (!ended)
            {
                log.End(call with { Outcome = CallOutcome.NotMade, Duration = settings.Time.GetElapsedTime(begun), Note = "Given up before it answered." });
            }
        }
    }

    /// <summary>Why a call is not made at all; null where it is.</summary>
    private string? NotMade(string name, JsonElement? arguments, bool isPaid)
    {
        if (!isPaid)
        {
            return $"Not called: the budget of {settings.Budget.Words(BudgetKind.Calls)} for this question is used up.";
        }

        if (arguments is null)
        {
            return $"Not called: the arguments are no JSON object of at most {ContextLimits.Arguments / 1024} KB.";
        }

        // What writes was never shown, and reads as unknown.
        return name is ToolShelf.SearchName || shelf.Find(name) is not null ? null : $"Not called: no tool of that name is listed to you. {ToolShelf.SearchName} finds tools.";
    }

    private async Task<(string Content, TracedCall Call)> MakeAsync(TracedCall call, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            return call.Tool is ToolShelf.SearchName ? await SearchAsync(call, cancellationToken) : await CallAsync(call, cancellationToken);
        }
        catch (ToolsUnreachableException failed)
        {
            var why = ForeignText.Line(failed.Message, MostNote);
            return (Says(why), call with { Outcome = CallOutcome.Failed, Note = why });
        }
        finally
        {
            room.Release();
        }
    }

    private async Task<(string Content, TracedCall Call)> CallAsync(TracedCall call, CancellationToken cancellationToken)
    {
        var answer = await tools.CallAsync(call.Tool, call.Arguments, new Said(log, call), cancellationToken);
        var (content, wasCut) = AnswerShape.Cut(Fence.Content(answer.Text), ContextLimits.OneAnswer);
        var done = call with { Characters = answer.Text.Length, WasCut = wasCut };
        if (answer.IsError)
        {
            return (content, done with { Outcome = CallOutcome.Failed, Note = ForeignText.Line(answer.Text, MostNote) });
        }

        var read = Parsed(answer.Text);
        var places = AnswerPlaces.Read(read);
        return AnswerPlaces.Refusal(read) is { } refusal
            ? (content, done with { Outcome = CallOutcome.Refused, Note = $"{refusal.Stage} ({refusal.Code})", Places = places with { Failures = [.. places.Failures, .. OfAccount(refusal, call.Arguments)] } })
            : (content, done with { Outcome = CallOutcome.Answered, Places = places });
    }

    private async Task<(string Content, TracedCall Call)> SearchAsync(TracedCall call, CancellationToken cancellationToken)
    {
        var query = call.Arguments.TryGetProperty("query", out var words) && words.ValueKind == JsonValueKind.String ? words.GetString()! : "";
        var found = await shelf.SearchAsync(query.Length <= MostQuery ? query : query[..MostQuery], cancellationToken);
        var list = new System.Text.Json.Nodes.JsonArray([.. found.Select(static tool => new System.Text.Json.Nodes.JsonObject { ["name"] = tool.Name, ["description"] = ForeignText.Line(tool.Description, 300) })]);
        var content = Fence.Content(new System.Text.Json.Nodes.JsonObject { ["tools"] = list, ["note"] = found.Count == 0 ? "Nothing fits. Try other words." : "You can call these from now on." }.ToJsonString());
        return (content, call with { Outcome = CallOutcome.Answered, Characters = content.Length });
    }

    // A refusal of arguments is no account's failure.
    private static IEnumerable<FailedPlace> OfAccount(FailedPlace refusal, JsonElement arguments)
    {
        var asked = refusal.AccountId.Length > 0 ? refusal.AccountId : arguments.TryGetProperty("account_id", out var account) && account.ValueKind == JsonValueKind.String ? ForeignText.Line(account.GetString()!, 128) : "";
        if (asked.Length > 0 && refusal.Stage is not "arguments")
        {
            yield return refusal with { AccountId = asked };
        }
    }

    private static JsonElement Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string Says(string why) => Fence.Content(new System.Text.Json.Nodes.JsonObject { ["not_answered"] = why }.ToJsonString());

    private sealed class Said(CallLog log, TracedCall call) : IProgress<string>
    {
        public void Report(string value) => log.Says(call, value);
    }
}
