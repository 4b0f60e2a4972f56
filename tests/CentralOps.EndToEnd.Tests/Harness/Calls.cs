using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>Plain JSON-RPC over HTTP, for load and for what no client would send.</summary>
internal static class Calls
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Calls a tool; returns the whole JSON-RPC answer.</summary>
    public static async Task<JsonElement> ToolAsync(string url, string tool, JsonObject arguments, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = 1,
                ["method"] = "tools/call",
                ["params"] = new JsonObject { ["name"] = tool, ["arguments"] = arguments },
            }),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await Http.SendAsync(request, cancellationToken);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).RootElement;
    }

    public static Task<JsonElement> InstancesAsync(string url, CancellationToken cancellationToken = default) =>
        ToolAsync(url, "ec2___describe_ec2_instances", new JsonObject { ["account_id"] = "222222222222" }, cancellationToken);
}
