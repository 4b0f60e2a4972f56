using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>The prompts that the suite gets.</summary>
internal sealed class Prompts
{
    private bool _another;

    /// <summary>Adds a prompt, or takes it away again.</summary>
    public void Change() => _another = !_another;

    public JsonObject List()
    {
        var listed = JsonNode.Parse(
            """
            {"prompts":[
              {"name":"test_simple_prompt","description":"A prompt without arguments."},
              {"name":"test_prompt_with_arguments","description":"A prompt with two arguments.","arguments":[
                {"name":"arg1","description":"First test argument","required":true},
                {"name":"arg2","description":"Second test argument","required":true}]},
              {"name":"test_prompt_with_embedded_resource","description":"A prompt that holds a resource.","arguments":[
                {"name":"resourceUri","description":"URI of the resource to embed","required":true}]},
              {"name":"test_prompt_with_image","description":"A prompt that holds an image."},
              {"name":"test_input_required_result_prompt","description":"A prompt that asks for its context first."}]}
            """)!.AsObject();
        if (_another)
        {
            listed["prompts"]!.AsArray().Add(new JsonObject { ["name"] = "test_added_prompt", ["description"] = "A prompt that comes and goes." });
        }

        return listed;
    }

    public Outcome Get(Call call) => Message.Text(call.Params["name"]) switch
    {
        "test_simple_prompt" => Messages(Content.Text("This is a simple prompt for testing.")),
        "test_added_prompt" when _another => Messages(Content.Text("This prompt comes and goes.")),
        "test_prompt_with_arguments" => WithArguments(call),
        "test_prompt_with_embedded_resource" => call.Argument("resourceUri") is { Length: > 0 } uri
            ? Messages(Content.Resource(uri, "text/plain", "Embedded resource content for testing."), Content.Text("Please process the embedded resource above."))
            : Outcome.BadParams("'resourceUri' is missing: the URI of the resource to embed."),
        "test_prompt_with_image" => Messages(Content.Image(), Content.Text("Please analyze the image above.")),
        "test_input_required_result_prompt" => InContext(call),
        var name => Outcome.BadParams($"Unknown prompt: {name}"),
    };

    private static Outcome WithArguments(Call call) =>
        call.Argument("arg1") is { Length: > 0 } first && call.Argument("arg2") is { Length: > 0 } second
            ? Messages(Content.Text($"Prompt with arguments: arg1='{first}', arg2='{second}'"))
            : Outcome.BadParams("'arg1' and 'arg2' are both needed, as strings.");

    private static Outcome InContext(Call call)
    {
        if (call.Answer("user_context")?["content"] is JsonObject content && Message.Text(content["context"]) is { } context)
        {
            return Messages(Content.Text($"Answer in this context: {context}"));
        }

        return new Outcome.Asks(new() { ["user_context"] = InputRequest.Form("What context should the prompt use?", "context") });
    }

    private static Outcome.Answered Messages(params JsonObject[] blocks) => new(new()
    {
        ["messages"] = new JsonArray([.. blocks.Select(block => new JsonObject { ["role"] = "user", ["content"] = block })]),
    });
}
