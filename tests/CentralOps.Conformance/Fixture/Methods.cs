using System.Text.Json.Nodes;
using CentralOps.Conformance.Fixture.Tools;

namespace CentralOps.Conformance.Fixture;

/// <summary>What both eras answer alike.</summary>
internal sealed class Methods
{
    private readonly Prompts _prompts = new();

    public Methods() => Tools = new(_prompts, Listeners);

    public Listeners Listeners { get; } = new();

    public ToolBox Tools { get; }

    public static JsonObject ServerInfo() => new() { ["name"] = "central-ops-fixture", ["version"] = "1.0.0" };

    public static JsonObject Capabilities() => JsonNode.Parse(
        """
        {"tools":{"listChanged":true},"prompts":{"listChanged":true},"resources":{"subscribe":true},"completions":{},"logging":{}}
        """)!.AsObject();

    public async ValueTask<Outcome> AnswerAsync(string method, Call call, CancellationToken cancellationToken)
    {
        if (call.Params.TryGetPropertyValue("inputResponses", out var responses) && responses is not JsonObject)
        {
            return Outcome.BadParams("'inputResponses' must be an object: an answer for each key that was asked.");
        }

        return method switch
        {
            "tools/list" => new Outcome.Answered(Tools.List()),
            "tools/call" => await CallToolAsync(call, cancellationToken),
            "prompts/list" => new Outcome.Answered(_prompts.List()),
            "prompts/get" => _prompts.Get(call),
            "resources/list" => new Outcome.Answered(Resources.List()),
            "resources/templates/list" => new Outcome.Answered(Resources.Templates()),
            "completion/complete" => Complete(call),
            _ => Outcome.NoSuchMethod(method),
        };
    }

    private async ValueTask<Outcome> CallToolAsync(Call call, CancellationToken cancellationToken)
    {
        var name = Message.Text(call.Params["name"]);
        return Tools.Find(name) is { } tool ? await tool.Run(call, cancellationToken) : Outcome.BadParams($"Unknown tool: {name}");
    }

    private static Outcome.Answered Complete(Call call)
    {
        string[] known = ["testing", "text", "template"];
        var begun = Message.Text((call.Params["argument"] as JsonObject)?["value"]) ?? "";
        var fitting = known.Where(word => word.StartsWith(begun, StringComparison.Ordinal)).Select(word => (JsonNode)word).ToArray();
        return new(new()
        {
            ["completion"] = new JsonObject { ["values"] = new JsonArray(fitting), ["total"] = fitting.Length, ["hasMore"] = false },
        });
    }
}
