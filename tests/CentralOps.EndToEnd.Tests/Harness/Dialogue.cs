using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>One client's talk with the gateway in one revision of MCP, as plain HTTP.</summary>
internal sealed class Dialogue(string url, string version)
{
    private const string Stateless = "2026-07-28";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    private Dictionary<string, string>? _names;

    /// <summary>The handshake, where the revision has one; the gateway has to agree to it.</summary>
    public async Task BeginAsync()
    {
        if (version != Stateless)
        {
            var agreed = await PostAsync("initialize", new JsonObject
            {
                ["protocolVersion"] = version,
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "end-to-end", ["version"] = "1" },
            });
            agreed.GetProperty("protocolVersion").GetString().ShouldBe(version);
        }

        var listed = await PostAsync("tools/list", []);
        _names = listed.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!).Where(name => name.Contains("___", StringComparison.Ordinal))
            .ToDictionary(name => name[(name.IndexOf("___", StringComparison.Ordinal) + 3)..], name => name, StringComparer.Ordinal);
    }

    /// <summary>Bare names of the targets' tools.</summary>
    public IEnumerable<string> Tools => _names!.Keys;

    /// <summary>What the tool answers; where the gateway itself refuses, its words.</summary>
    public async Task<(JsonElement Answer, string Text)> CallAsync(string tool, JsonObject arguments)
    {
        var result = await PostAsync("tools/call", new JsonObject { ["name"] = _names![tool], ["arguments"] = arguments });
        var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
        return (result.TryGetProperty("isError", out var error) && error.GetBoolean() ? default : JsonDocument.Parse(text).RootElement, text);
    }

    private async Task<JsonElement> PostAsync(string method, JsonObject parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (method != "initialize")
        {
            request.Headers.Add("MCP-Protocol-Version", version);
        }

        if (version == Stateless)
        {
            request.Headers.Add("Mcp-Method", method);
            if (parameters["name"] is { } name)
            {
                request.Headers.Add("Mcp-Name", name.GetValue<string>());
            }

            parameters["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = version,
                ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "end-to-end", ["version"] = "1" },
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        request.Content = JsonContent.Create(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters });
        using var response = await Http.SendAsync(request);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return answer.TryGetProperty("result", out var result) ? result : throw new ShouldAssertException($"{version} {method}: {answer}");
    }
}
