using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Selectors;
using CentralOps.Accounts;
using CentralOps.Cli.Terminal;
using PlainText = CentralOps.Cli.Terminal.PlainText;

namespace CentralOps.Cli.Access;

/// <summary><c>centralops access check</c>: whether one caller may use one tool in one account, and which rule says so. Exits 1 where not.</summary>
internal static class CheckCommand
{
    public static Command Create(Screen screen)
    {
        var caller = new CallerArguments();
        var tool = new Option<string>("--tool") { Description = "The tool's name, best with its target's in front (ec2___describe_ec2_instances).", HelpName = "NAME", Required = true };
        var account = new Option<string>("--account", "-a") { Description = "The account's id; or its name, with --accounts-file.", HelpName = "ID", Required = true };
        var unit = new Option<string?>("--unit") { Description = "The account's organizational unit, such as Workloads/Prod, where rules ask for it.", HelpName = "PATH" };
        var tags = new Option<string[]>("--tag") { Description = "A tag of the account, where rules ask for it (repeat it for more).", HelpName = "KEY=VALUE", DefaultValueFactory = static _ => [] };
        tags.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--tag: '{token.Value}' is not KEY=VALUE; write it as in env=prod.");
            }
        });
        var file = AccountsFileArgument.Option();
        var rules = RulesArgument.Option("--rules");
        var output = CommonOptions.Output();
        var command = new Command("check", "Tell whether a caller may use a tool in an account, and by which rule. Exits 1 where not.");
        caller.AddTo(command);
        foreach (var option in new Option[] { tool, account, unit, tags, file, rules, output })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var known = await AccountsFileArgument.ReadAsync(parsed.GetValue(file), cancellationToken);
            var asked = Find(parsed.GetValue(account)!, known, parsed.GetValue(unit), parsed.GetValue(tags) ?? []);
            return Show(RulesArgument.Read(parsed.GetValue(rules)) ?? AccessRules.LocalOnly, caller.Of(parsed), parsed.GetValue(tool)!, asked, parsed.GetValue(output), screen);
        });
        return command;
    }

    private static AskedAccount Find(string text, IReadOnlyList<AskedAccount>? known, string? unit, string[] tags)
    {
        var found = known?.Where(account => string.Equals(account.AccountId, text, StringComparison.Ordinal) || string.Equals(account.Name, text, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found is { Count: > 1 })
        {
            throw new CommandFailedException($"{found.Count} accounts are called '{text}': give the id of the one that you mean.");
        }

        if (found is not [var account])
        {
            account = AccountId.TryParse(text, out _) && known is null
                ? new AskedAccount(text, "", null, null)
                : throw new CommandFailedException(known is null ? $"--account: '{text}' is not a 12-digit id; names need --accounts-file." : $"The accounts file has no account '{text}'.");
        }

        var given = tags.Select(static tag => tag.Split('=', 2)).ToDictionary(static tag => tag[0], static tag => tag[1], StringComparer.Ordinal);
        return account with { UnitPath = unit?.Trim('/') ?? account.UnitPath, TagValues = given.Count > 0 ? given : account.TagValues };
    }

    private static int Show(AccessRules rules, Caller caller, string tool, AskedAccount account, OutputFormat output, Screen screen)
    {
        var grant = rules.AccountsOf(caller, tool);
        var decision = grant.Judge(account);
        if (output == OutputFormat.Json)
        {
            screen.Data.WriteLine(PlainText.Json(new JsonObject
            {
                ["permitted"] = decision.IsPermitted,
                ["rule"] = decision.By?.Name,
                ["line"] = decision.By?.Line,
                ["caller"] = caller.Principal,
                ["tool"] = tool,
                ["account_id"] = account.AccountId,
                ["not_known"] = new JsonArray([.. NotKnown(grant, account).Select(static what => (JsonNode)what)]),
            }.ToJsonString()));
        }
        else
        {
            screen.Data.WriteLine(PlainText.Line($"{(decision.IsPermitted ? "permitted" : "not permitted")}: {caller.Principal}, {tool}, account {account.AccountId}: {Why(decision, rules)}"));
            foreach (var unknown in NotKnown(grant, account))
            {
                screen.Say($"Rules ask for the account's {unknown}, and what is not known is held against the caller: give it with {(unknown is "tags" ? "--tag" : "--unit")}.");
            }
        }

        return decision.IsPermitted ? ExitCode.Ok : ExitCode.Refused;
    }

    private static string Why(AccessDecision decision, AccessRules rules) => decision switch
    {
        { By: { } rule } => $"rule '{rule.Name}' (line {rule.Line}) {(rule.Effect == RuleEffect.Allow ? "allows" : "denies")} it.",
        { IsPermitted: true } => "there is no rule file, and this is the local owner.",
        _ => rules.Rules.Count > 0 ? "no rule allows it." : "there is no rule file, and this is not the local owner.",
    };

    private static IEnumerable<string> NotKnown(AccountGrant grant, AskedAccount account)
    {
        if (grant.Needs.HasFlag(AccountFactKinds.Units) && account.UnitPath is null)
        {
            yield return "unit";
        }

        if (grant.Needs.HasFlag(AccountFactKinds.Tags) && account.TagValues is null)
        {
            yield return "tags";
        }
    }
}
