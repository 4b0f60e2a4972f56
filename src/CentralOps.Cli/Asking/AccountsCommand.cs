using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Asking;

/// <summary><c>centralops accounts</c>: the organization as a tree, with what may be reached.</summary>
internal static class AccountsCommand
{
    private const string Tool = "list_accounts";

    // Well above the largest organization; a gateway that never ends is not asked for ever.
    private const int MostAccounts = 100_000;

    public static Command Create(Screen screen)
    {
        var noCheck = new Option<bool>("--no-check") { Description = "Do not try the way into each account." };
        var gateway = CommonOptions.Gateway();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("accounts", "Show the organization: OU, id, name, status, reachable or why not.") { noCheck, gateway, state, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var accounts = new List<JsonElement>();
            var refusal = await screen.WhileAsync("Reading the organization", async () =>
            {
                await using var connection = await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken);
                return await ReadAsync(connection, !parsed.GetValue(noCheck), accounts, cancellationToken);
            });
            if (refusal is { } refused)
            {
                AnswerView.ShowRefusal(refused, screen);
                return ExitCode.Refused;
            }

            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                screen.Data.WriteLine(AnswerView.Indented(AsJson(accounts)));
                return ExitCode.Ok;
            }

            AccountTree.Write(accounts, screen);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>All pages; the refusal when one is refused.</summary>
    internal static async Task<JsonElement?> ReadAsync(GatewayConnection connection, bool check, List<JsonElement> accounts, CancellationToken cancellationToken)
    {
        var tool = ToolFinder.Find(await connection.ListToolsAsync(cancellationToken), Tool);
        string? token = null;
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var arguments = new JsonObject { ["check_access"] = check };
            if (token is not null)
            {
                arguments["next_token"] = token;
            }

            using var document = JsonDocument.Parse(arguments.ToJsonString());
            var answer = await connection.CallAsync(
                tool.Name, document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone(), StringComparer.Ordinal), cancellationToken);
            if (AnswerView.RefusalOf(answer) is { } refusal)
            {
                return refusal;
            }

            if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("accounts", out var page) || page.ValueKind != JsonValueKind.Array
                || page.EnumerateArray().Any(account => account.ValueKind != JsonValueKind.Object))
            {
                throw new CommandFailedException($"{tool.Name} answered no list of accounts: is that gateway CentralOps' own?");
            }

            accounts.AddRange(page.EnumerateArray());
            token = answer.TryGetProperty("next_token", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
            if (token is not null && (accounts.Count > MostAccounts || !tokens.Add(token)))
            {
                throw new CommandFailedException($"{tool.Name} answers without an end: stopped after {tokens.Count} pages and {accounts.Count} accounts.");
            }
        }
        while (token is not null);
        return null;
    }

    private static JsonElement AsJson(List<JsonElement> accounts)
    {
        var array = new JsonArray([.. accounts.Select(account => JsonNode.Parse(account.GetRawText()))]);
        using var document = JsonDocument.Parse(new JsonObject { ["accounts"] = array, ["account_count"] = accounts.Count }.ToJsonString());
        return document.RootElement.Clone();
    }
}
