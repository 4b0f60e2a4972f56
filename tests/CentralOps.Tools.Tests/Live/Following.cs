using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Asks with JSON objects, and follows a list to its end.</summary>
internal static class Following
{
    public static Task<JsonElement> AskAsync(this LiveTools tools, string tool, JsonObject arguments) => tools.AskAsync(tool, arguments.ToJsonString(), CancellationToken.None);

    /// <summary>All items of a list, some at a time.</summary>
    public static async Task<List<JsonElement>> FollowAsync(this LiveTools tools, string tool, JsonObject arguments, string list, int limit)
    {
        var items = new List<JsonElement>();
        string? token = null;
        do
        {
            var page = arguments.DeepClone().AsObject();
            page["limit"] = limit;
            page["next_token"] = token;
            var answer = await tools.AskAsync(tool, page);
            answer.TryGetProperty("error", out var error).ShouldBeFalse($"{tool}: {error}");
            items.AddRange(answer.GetProperty(list).EnumerateArray());
            token = answer.GetProperty("next_token").GetString();
            answer.GetProperty("truncated").GetBoolean().ShouldBe(token is not null);
            items.Count.ShouldBeLessThan(100_000);
        }
        while (token is not null);

        return items;
    }
}
