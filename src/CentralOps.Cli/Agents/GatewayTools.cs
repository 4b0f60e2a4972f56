using System.Text.Json;
using CentralOps.Agent.Toolbox;
using CentralOps.Cli.Asking;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CentralOps.Cli.Agents;

/// <summary>The running gateway's tools, for the agent.</summary>
internal sealed class GatewayTools(GatewayConnection connection) : IAgentTools
{
    private const string SearchTool = "x_amz_bedrock_agentcore_search";

    private readonly Lock _turn = new();
    private Task<IReadOnlyList<AgentTool>>? _listed;

    /// <summary>Asked once: a chat is answered from what was listed at its beginning; a tool that goes meanwhile answers with an error.</summary>
    public async Task<IReadOnlyList<AgentTool>> ListAsync(CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<AgentTool>> listed;
        lock (_turn)
        {
            _listed = _listed is null or { IsFaulted: true } or { IsCanceled: true } ? FetchAsync(cancellationToken) : _listed;
            listed = _listed;
        }

        return await listed.WaitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AgentTool>?> SearchAsync(string query, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(cancellationToken);
        if (!listed.Any(static tool => tool.Name is SearchTool))
        {
            return null;
        }

        var answer = await CallAsync(SearchTool, JsonElement.Parse(new System.Text.Json.Nodes.JsonObject { ["query"] = query }.ToJsonString()), progress: null, cancellationToken);
        return answer.IsError ? null : NamesIn(answer.Text).Select(name => listed.FirstOrDefault(tool => string.Equals(tool.Name, name, StringComparison.Ordinal))).OfType<AgentTool>().ToList();
    }

    public async Task<ToolAnswer> CallAsync(string name, JsonElement arguments, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var values = arguments.ValueKind == JsonValueKind.Object
            ? arguments.EnumerateObject().GroupBy(static member => member.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => (object?)group.Last().Value, StringComparer.Ordinal)
            : [];
        var (text, isError) = await ReachedAsync(() => connection.CallRawAsync(name, values, progress is null ? null : new Said(progress), cancellationToken));
        return new ToolAnswer(text, isError);
    }

    private async Task<IReadOnlyList<AgentTool>> FetchAsync(CancellationToken cancellationToken) =>
        [.. (await ReachedAsync(() => connection.ListToolsAsync(cancellationToken))).Select(static tool => new AgentTool(tool.Name, tool.Description ?? "", tool.InputSchema) { SaysItWrites = Writes(tool.Annotations) })];

    private static bool Writes(ToolAnnotations? hints) => hints is { ReadOnlyHint: false } or { DestructiveHint: true };

    private static List<string> NamesIn(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array
                ? [.. tools.EnumerateArray().Where(static tool => tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String).Select(static tool => tool.GetProperty("name").GetString()!)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static async Task<T> ReachedAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (CommandFailedException failed)
        {
            throw new ToolsUnreachableException(failed.Message);
        }
    }

    private sealed class Said(IProgress<string> progress) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
            if (value.Message is { Length: > 0 } message)
            {
                progress.Report(message);
            }
        }
    }
}
