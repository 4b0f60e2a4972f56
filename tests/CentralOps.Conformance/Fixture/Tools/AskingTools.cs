using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>Tools that ask their client once, and tell what it answered.</summary>
internal static class AskingTools
{
    public static IReadOnlyList<FixtureTool> All { get; } =
    [
        FixtureTool.Of("test_sampling", "Asks the client's model.", Sample, """{"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]}"""),
        FixtureTool.Of("test_elicitation", "Asks for a name and an address.", Elicit, """{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}"""),
        FixtureTool.Of("test_elicitation_sep1034_defaults", "Asks with a form whose fields have defaults.", call => Ask(call, Defaults)),
        FixtureTool.Of("test_elicitation_sep1330_enums", "Asks with a form of choices.", call => Ask(call, Choices)),
        FixtureTool.Of("test_missing_capability", "Asks the client's model, which the client may not have.", Sample),
        new("test_streaming_elicitation", "Asks at the end of a stream.", async (call, cancellationToken) =>
        {
            await call.Reply.StreamAsync(cancellationToken);
            return Ask(call, """{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}""");
        }),
    ];

    private const string Defaults =
        """
        {"type":"object","properties":{
          "name":{"type":"string","description":"A name","default":"John Doe"},
          "age":{"type":"integer","description":"An age","default":30},
          "score":{"type":"number","description":"A score","default":95.5},
          "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},
          "verified":{"type":"boolean","default":true}}}
        """;

    private const string Choices =
        """
        {"type":"object","properties":{
          "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
          "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
          "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],"enumNames":["Option One","Option Two","Option Three"]},
          "untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},
          "titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}}}
        """;

    private static Outcome Sample(Call call)
    {
        if (call.Answer("answer") is not { } sampled)
        {
            return new Outcome.Asks(new() { ["answer"] = InputRequest.Sampling(call.Argument("prompt") is { Length: > 0 } prompt ? prompt : "Say something.") });
        }

        return Content.Of(Content.Text($"LLM response: {Message.Text((sampled["content"] as JsonObject)?["text"]) ?? sampled["content"]?.ToJsonString()}"));
    }

    private static Outcome Elicit(Call call)
    {
        const string Schema =
            """
            {"type":"object","properties":{
              "username":{"type":"string","description":"User's response"},
              "email":{"type":"string","description":"User's email address"}},"required":["username","email"]}
            """;
        var message = call.Argument("message") is { Length: > 0 } asked ? asked : "Who are you?";
        return call.Answer("answer") is { } answer
            ? Content.Of(Content.Text($"User response: {Told(answer)}"))
            : new Outcome.Asks(new() { ["answer"] = InputRequest.Form(message, JsonNode.Parse(Schema)!.AsObject()) });
    }

    private static Outcome Ask(Call call, string schema) => call.Answer("answer") is { } answer
        ? Content.Of(Content.Text($"Elicitation completed: {Told(answer)}"))
        : new Outcome.Asks(new() { ["answer"] = InputRequest.Form("Please fill in this form.", JsonNode.Parse(schema)!.AsObject()) });

    private static string Told(JsonObject answer) => $"action={Message.Text(answer["action"])}, content={answer["content"]?.ToJsonString() ?? "{}"}";
}
