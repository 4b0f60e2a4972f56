using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Cli.Terminal;
using CentralOps.Tools;

namespace CentralOps.Cli.Access;

/// <summary><c>centralops access explain</c>: what one caller may do: each tool, where, and by which rules.</summary>
internal static class ExplainCommand
{
    public static Command Create(Screen screen)
    {
        var caller = new CallerArguments();
        var file = AccountsFileArgument.Option();
        var rules = RulesArgument.Option("--rules");
        var output = CommonOptions.Output();
        var command = new Command("explain", "Show each tool that a caller may use, in which accounts, and by which rules.");
        caller.AddTo(command);
        foreach (var option in new Option[] { file, rules, output })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var known = await AccountsFileArgument.ReadAsync(parsed.GetValue(file), cancellationToken);
            Show(Explain(RulesArgument.Read(parsed.GetValue(rules)) ?? AccessRules.LocalOnly, caller.Of(parsed), known), parsed.GetValue(output), screen);
            return ExitCode.Ok;
        });
        return command;
    }

    private static List<ToolRow> Explain(AccessRules rules, Caller caller, IReadOnlyList<AskedAccount>? known)
    {
        var rows = new List<ToolRow>();
        foreach (var tool in ToolCatalog.Tools)
        {
            var name = $"{tool.Subject.Replace('_', '-')}{ToolPattern.Separator}{tool.Name}";
            var grant = rules.AccountsOf(caller, name);
            if (grant.IsPossible)
            {
                rows.Add(new ToolRow(name, grant.Rules, known?.Where(grant.Admits).Select(static account => account.AccountId).ToList()));
            }
        }

        return rows;
    }

    private static void Show(List<ToolRow> rows, OutputFormat output, Screen screen)
    {
        if (output == OutputFormat.Json)
        {
            screen.Data.WriteLine(PlainText.Json(new JsonObject { ["tools"] = new JsonArray([.. rows.Select(static row => (JsonNode)row.ToJson())]) }.ToJsonString()));
            return;
        }

        if (rows.Count == 0)
        {
            screen.Say("This caller may use no tool.");
            return;
        }

        // Without a file of accounts nobody knows how many there are, and the width is better used.
        Column[] count = rows.Exists(static row => row.AccountIds is not null) ? [new Column("COUNT", 1, Whole: true)] : [];
        var table = new Table([new Column("TOOL", Whole: true), new Column("ACCOUNTS"), new Column("EXCEPT", 1), new Column("RULES", 2), .. count]);
        foreach (var row in rows)
        {
            table.Add([row.Tool, row.Accounts(RuleEffect.Allow), row.Accounts(RuleEffect.Deny), string.Join(", ", row.Rules.Select(static rule => rule.Name)), .. count.Select(_ => row.Count)]);
        }

        table.Write(screen);
    }

    /// <param name="AccountIds">Null where the accounts are not known.</param>
    private sealed record ToolRow(string Tool, IReadOnlyList<AccessRule> Rules, IReadOnlyList<string>? AccountIds)
    {
        public string Count => AccountIds?.Count.ToString(CultureInfo.InvariantCulture) ?? "";

        public string Accounts(RuleEffect effect) =>
            Rules.Count == 0 && effect == RuleEffect.Allow ? "all" : string.Join("; ", Rules.Where(rule => rule.Effect == effect).Select(static rule => rule.Accounts.ToString()));

        public JsonObject ToJson() => new()
        {
            ["tool"] = Tool,
            ["rules"] = new JsonArray([.. Rules.Select(static rule => (JsonNode)new JsonObject
            {
                ["name"] = rule.Name,
                ["line"] = rule.Line,
                ["effect"] = rule.Effect == RuleEffect.Allow ? "allow" : "deny",
                ["accounts"] = rule.Accounts.ToString(),
            })]),
            ["account_ids"] = AccountIds is null ? null : new JsonArray([.. AccountIds.Select(static id => (JsonNode)id)]),
        };
    }
}
