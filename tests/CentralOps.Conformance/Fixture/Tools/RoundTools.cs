using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>Tools of several rounds, which carry state from one to the next.</summary>
internal sealed class RoundTools(RequestState state)
{
    private const string OneState = "round-1";
    private const string TwoState = "round-2";

    public IReadOnlyList<FixtureTool> All =>
    [
        FixtureTool.Of("test_input_required_result_elicitation", "Asks for a name.", AskName),
        FixtureTool.Of("test_input_required_result_sampling", "Asks the client's model for a capital.", AskModel),
        FixtureTool.Of("test_input_required_result_list_roots", "Asks for the client's roots.", AskRoots),
        FixtureTool.Of("test_input_required_result_request_state", "Asks for a confirmation and carries state.", Confirm),
        FixtureTool.Of("test_input_required_result_tampered_state", "Refuses state that was changed on its way.", Confirm),
        FixtureTool.Of("test_input_required_result_multiple_inputs", "Asks for three things at once.", AskAll),
        FixtureTool.Of("test_input_required_result_multi_round", "Asks in two rounds.", AskTwice),
        FixtureTool.Of("test_input_required_result_capabilities", "Asks for what the client can do, and for nothing else.", AskWhatItCan),
    ];

    private static Outcome AskName(Call call)
    {
        var name = Field(call, "user_name", "name");
        return name is null
            ? new Outcome.Asks(new() { ["user_name"] = InputRequest.Form("What is your name?", "name") })
            : Content.Of(Content.Text($"Hello, {name}!"));
    }

    private static Outcome AskModel(Call call) => call.Answer("capital_question") is { } answer
        ? Content.Of(Content.Text($"The model said: {Message.Text((answer["content"] as JsonObject)?["text"])}"))
        : new Outcome.Asks(new() { ["capital_question"] = InputRequest.Sampling("What is the capital of France?") });

    private static Outcome AskRoots(Call call) => call.Answer("client_roots")?["roots"] is JsonArray roots
        ? Content.Of(Content.Text($"Roots: {roots.ToJsonString()}"))
        : new Outcome.Asks(new() { ["client_roots"] = InputRequest.Roots() });

    private Outcome Confirm(Call call)
    {
        if (call.RequestState is null)
        {
            return new Outcome.Asks(new() { ["confirm"] = InputRequest.Form("Please confirm", "ok", "boolean") }, state.Seal(OneState));
        }

        return state.IsSealed(call.RequestState, OneState) ? Content.Of(Content.Text("Confirmed: state-ok")) : Tampered();
    }

    private Outcome AskAll(Call call)
    {
        if (call.RequestState is null)
        {
            var asked = new JsonObject
            {
                ["user_name"] = InputRequest.Form("What is your name?", "name"),
                ["greeting"] = InputRequest.Sampling("Generate a greeting", maxTokens: 50),
                ["client_roots"] = InputRequest.Roots(),
            };
            return new Outcome.Asks(asked, state.Seal(OneState));
        }

        return state.IsSealed(call.RequestState, OneState) ? Content.Of(Content.Text($"All answered, {Field(call, "user_name", "name")}.")) : Tampered();
    }

    private Outcome AskTwice(Call call)
    {
        if (call.RequestState is null)
        {
            return new Outcome.Asks(new() { ["step1"] = InputRequest.Form("Step 1: What is your name?", "name") }, state.Seal(OneState));
        }

        if (state.IsSealed(call.RequestState, OneState))
        {
            return new Outcome.Asks(new() { ["step2"] = InputRequest.Form("Step 2: What is your favorite color?", "color") }, state.Seal(TwoState));
        }

        return state.IsSealed(call.RequestState, TwoState) ? Content.Of(Content.Text($"You like {Field(call, "step2", "color")}.")) : Tampered();
    }

    private static Outcome AskWhatItCan(Call call)
    {
        var all = new Dictionary<string, JsonObject>(StringComparer.Ordinal)
        {
            ["user_name"] = InputRequest.Form("What is your name?", "name"),
            ["greeting"] = InputRequest.Sampling("Generate a greeting", maxTokens: 50),
            ["client_roots"] = InputRequest.Roots(),
        };
        var askable = all.Where(request => call.Capabilities.ContainsKey(InputRequest.Capability(Message.Text(request.Value["method"])!))).ToList();
        return askable.Count == 0 || askable.TrueForAll(request => call.Answer(request.Key) is not null)
            ? Content.Of(Content.Text($"Asked for {askable.Count} of {all.Count} things."))
            : new Outcome.Asks(new(askable.Select(request => KeyValuePair.Create(request.Key, (JsonNode?)request.Value))));
    }

    private static Outcome Tampered() => Outcome.BadParams("'requestState' is not what this server gave out. Start the call anew, without it.");

    private static string? Field(Call call, string key, string field) =>
        call.Answer(key) is { } answer && Message.Text(answer["action"]) == "accept" ? Message.Text((answer["content"] as JsonObject)?[field]) : null;
}
