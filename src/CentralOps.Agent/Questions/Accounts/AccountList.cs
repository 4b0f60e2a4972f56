using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Agent.Toolbox;
using CentralOps.Text.Shaping;

namespace CentralOps.Agent.Questions.Accounts;

/// <summary>The organization's accounts, read once by the tool that lists them. Safe for concurrent use.</summary>
internal sealed class AccountList(IAgentTools tools)
{
    private const string Tool = "list_accounts";
    private const int PageSize = 1000;
    private const int MostPages = 20;

    private readonly Lock _turn = new();
    private Task<Read>? _read;

    /// <param name="Problem">Why names mean nothing, for a person; null where they were read.</param>
    public sealed record Read(IReadOnlyList<KnownAccount> Accounts, string? Problem);

    public async Task<Read> ReadAsync(IReadOnlyList<AgentTool> listed, CancellationToken cancellationToken)
    {
        Task<Read> read;
        lock (_turn)
        {
            _read = _read is null or { IsFaulted: true } or { IsCanceled: true } ? FetchAsync(listed, cancellationToken) : _read;
            read = _read;
        }

        return await read.WaitAsync(cancellationToken);
    }

    private async Task<Read> FetchAsync(IReadOnlyList<AgentTool> listed, CancellationToken cancellationToken)
    {
        if (listed.FirstOrDefault(static tool => tool.BareName is Tool) is not { } tool)
        {
            return new Read([], $"There is no {Tool} here, so accounts are known by their ids alone.");
        }

        var accounts = new List<KnownAccount>();
        string? token = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await tools.CallAsync(tool.Name, Arguments(token), progress: null, cancellationToken);
            if (answer.IsError || !TryAdd(answer.Text, accounts, out token))
            {
                return new Read(accounts, $"{Tool} could not be read to its end ({ForeignText.Line(answer.Text, 200)}), so accounts are known by their ids alone.");
            }

            if (token is null)
            {
                return new Read(accounts, null);
            }
        }

        return new Read(accounts, $"Only the first {accounts.Count} accounts are known by their names.");
    }

    private static JsonElement Arguments(string? token)
    {
        var arguments = new JsonObject { ["limit"] = PageSize };
        if (token is not null)
        {
            arguments["next_token"] = token;
        }

        return JsonElement.Parse(arguments.ToJsonString());
    }

    private static bool TryAdd(string text, List<KnownAccount> accounts, out string? token)
    {
        token = null;
        try
        {
            using var answer = JsonDocument.Parse(text);
            if (answer.RootElement.ValueKind != JsonValueKind.Object || !answer.RootElement.TryGetProperty("accounts", out var listed) || listed.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            foreach (var account in listed.EnumerateArray().Where(static account => account.ValueKind == JsonValueKind.Object))
            {
                accounts.Add(new(Member(account, "Id"), Member(account, "Name"), Member(account, "OrganizationalUnit")));
            }

            token = Member(answer.RootElement, "next_token") is { Length: > 0 } next ? next : null;
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Member(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
