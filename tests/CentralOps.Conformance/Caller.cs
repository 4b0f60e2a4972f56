using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Gateway;
using CentralOps.Gateway.Targets;

namespace CentralOps.Conformance;

/// <summary>Plays the gateway's client: calls everything that a catalogue has, and answers what a server asks for on the way.</summary>
internal sealed class Caller(IMcpTarget target, string version)
{
    private const int MaxRounds = 5;

    private bool _worked = true;

    public async Task<bool> UseAsync(TargetCatalog catalog, JsonElement context)
    {
        if (context.ValueKind == JsonValueKind.Object && context.TryGetProperty("toolCalls", out var calls))
        {
            foreach (var call in calls.EnumerateArray())
            {
                await CallAsync(call.GetProperty("name").GetString()!, JsonNode.Parse(call.GetProperty("arguments").GetRawText())!.AsObject());
            }
        }
        else
        {
            foreach (var tool in catalog.Tools)
            {
                await CallAsync(tool.Name, Arguments(tool, catalog));
            }
        }

        foreach (var prompt in catalog.Prompts)
        {
            Tell(await target.ForwardAsync(new McpForward("prompts/get", Bytes(new JsonObject { ["name"] = "suite___" + prompt.Name }), Somebody) { ProtocolVersion = version }, default));
        }

        foreach (var resource in catalog.Resources)
        {
            Tell(await target.ForwardAsync(new McpForward("resources/read", Bytes(new JsonObject { ["uri"] = resource.Uri }), Somebody) { ProtocolVersion = version }, default));
        }

        if (target is IAsyncDisposable open)
        {
            await open.DisposeAsync();
        }

        return _worked;
    }

    private static Access.Callers.Caller Somebody => Access.Callers.Caller.Local;

    private async Task CallAsync(string name, JsonObject arguments)
    {
        var parameters = Meta(new JsonObject { ["name"] = "suite___" + name, ["arguments"] = arguments.DeepClone() });
        for (var round = 0; round < MaxRounds; round++)
        {
            var answer = await target.CallAsync(
                new ToolInvocation("suite___" + name, Bytes(arguments), Encoding.UTF8.GetBytes($"{round}"), Somebody) { ProtocolVersion = version, Params = Bytes(parameters) }, default);
            if (Tell(answer) is not { } result || result["resultType"]?.GetValue<string>() != "input_required")
            {
                return;
            }

            parameters = Meta(new JsonObject { ["inputResponses"] = Responses(result["inputRequests"]?.AsObject()) });
            if (result["requestState"] is { } state)
            {
                parameters["requestState"] = state.DeepClone();
            }
        }
    }

    private static JsonObject Responses(JsonObject? requests)
    {
        var responses = new JsonObject();
        foreach (var (key, _) in requests ?? [])
        {
            responses[key] = new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { ["confirmed"] = true } };
        }

        return responses;
    }

    /// <summary>A value of each required parameter's type; a schema where a tool echoes one.</summary>
    private static JsonObject Arguments(ToolDefinition tool, TargetCatalog catalog)
    {
        var arguments = new JsonObject();
        var properties = tool.InputSchema.TryGetProperty("properties", out var declared) ? declared : default;
        foreach (var property in properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default)
        {
            var type = property.Value.TryGetProperty("type", out var stated) && stated.ValueKind == JsonValueKind.String ? stated.GetString() : "string";
            arguments[property.Name] = (type, property.Name) switch
            {
                ("object", "schema") => JsonNode.Parse(catalog.Tools.First(other => other.Name != tool.Name).InputSchema.GetRawText()),
                ("object", _) => new JsonObject(),
                ("array", _) => new JsonArray(),
                ("boolean", _) => true,
                ("number" or "integer", _) => 7,
                _ => "text",
            };
        }

        return arguments;
    }

    private JsonNode? Tell(TargetAnswer answer)
    {
        if (answer.Failure is { } failure)
        {
            Console.Error.WriteLine(failure.Detail);
            _worked = false;
            return null;
        }

        var text = Encoding.UTF8.GetString(answer.Json.Span);
        Console.WriteLine(text);
        return answer.Form == TargetAnswerForm.Result ? JsonNode.Parse(text) : null;
    }

    private static JsonObject Meta(JsonObject parameters)
    {
        parameters["_meta"] = new JsonObject { ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject { ["elicitation"] = new JsonObject() } };
        return parameters;
    }

    private static byte[] Bytes(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString());
}
