using System.Globalization;
using CentralOps.Access.Selectors;

namespace CentralOps.Access.Rules.Files;

/// <summary>Reads <c>access.yaml</c>: a list of rules, each with who, tools, accounts, and an effect, which is allow where none is said.</summary>
public static class RulesFile
{
    private const int MaxRules = 2000;

    /// <param name="name">The file's name as problems tell it.</param>
    /// <exception cref="RulesFileException">Everything that is wrong, at once.</exception>
    public static AccessRules Parse(string text, string name)
    {
        var problems = new RulesProblems(name);
        List<AccessRule> rules = [];
        if (RulesDocument.Read(text, problems) is { } root)
        {
            rules = Rules(root, problems);
        }

        return problems.None ? AccessRules.Of(rules) : throw problems.ToException();
    }

    /// <exception cref="RulesFileException">The file cannot be read, or is wrong.</exception>
    public static AccessRules Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
            var text = new char[RulesDocument.MaxCharacters + 1];
            var length = reader.ReadBlock(text);
            return Parse(new string(text, 0, length), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Text.DecoderFallbackException)
        {
            var why = failure switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "reading it is not permitted",
                System.Text.DecoderFallbackException => "it is not UTF-8",
                _ => failure.Message,
            };
            throw new RulesFileException([$"{path}: The access rules cannot be read: {why}. Nobody may do anything until they can."]);
        }
    }

    private static List<AccessRule> Rules(RulesNode root, RulesProblems problems)
    {
        if (root is not RulesNode.Fields fields)
        {
            problems.Add(root.Line, "The file is not a mapping", "Begin with 'rules:'.");
            return [];
        }

        var reader = new FieldReader(fields, "the file", problems);
        var list = reader.Take("rules");
        reader.End("'rules' alone");
        if (list is not RulesNode.Items { Nodes.Count: <= MaxRules } items)
        {
            problems.Add(list?.Line ?? root.Line, $"'rules' is not a list of at most {MaxRules} rules", "Write 'rules:' and below it one '- who: …' a rule; 'rules: []' permits nothing.");
            return [];
        }

        var rules = new List<AccessRule>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in items.Nodes)
        {
            if (Rule(node, rules.Count + 1, names, problems) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private static AccessRule? Rule(RulesNode node, int number, HashSet<string> names, RulesProblems problems)
    {
        if (node is not RulesNode.Fields fields)
        {
            problems.Add(node.Line, "A rule is not a mapping", "Write it as '- who: …' with tools and accounts below.");
            return null;
        }

        var named = fields.Members.FirstOrDefault(static member => member.Name.Text is "name").Value as RulesNode.Word;
        var name = Printable.Line(named?.Text ?? string.Create(CultureInfo.InvariantCulture, $"rule {number}"), 80);
        var where = $"rule '{name}'";
        var reader = new FieldReader(fields, where, problems);
        reader.Word("name", "sre");
        if (!names.Add(name))
        {
            problems.Add(node.Line, $"{where}: another rule has that name", "Give each a name of its own: decisions are told by it.");
        }

        var effect = Effect(reader.Word("effect", "deny"), where, problems);
        var who = WhoReader.Read(reader.Take("who"), node.Line, where, problems);
        var tools = Tools(reader.Words("tools", "describe_*"), node.Line, where, problems);
        var accounts = Accounts(reader.Words("accounts", "ou:Workloads/Prod"), node.Line, where, problems);
        reader.End("name, effect, who, tools and accounts");
        return effect is { } how && who is not null && tools.Count > 0 && accounts is not null ? new AccessRule(name, how, who, tools, accounts, node.Line) : null;
    }

    private static RuleEffect? Effect(RulesNode.Word? effect, string where, RulesProblems problems)
    {
        switch (effect?.Text)
        {
            case null or "allow":
                return RuleEffect.Allow;
            case "deny":
                return RuleEffect.Deny;
            default:
                problems.Add(effect.Line, $"{where}: the effect '{effect.Text}' is neither allow nor deny", "Write 'effect: deny', or leave it out to allow.");
                return null;
        }
    }

    private static List<ToolPattern> Tools(IReadOnlyList<RulesNode.Word> words, int line, string where, RulesProblems problems)
    {
        var patterns = new List<ToolPattern>();
        foreach (var word in words)
        {
            if (ToolPattern.TryParse(word.Text, out var pattern, out var wrong))
            {
                patterns.Add(pattern);
                continue;
            }

            problems.Add(word.Line, $"{where}: the tool '{word.Text}' {wrong}", "Tools are named as tools/list shows them, with or without the target's name in front.");
        }

        if (words.Count == 0)
        {
            problems.Add(line, $"{where}: 'tools' names none", "Write it as in 'tools: [describe_*]', or 'tools: \"*\"' for all.");
        }

        return patterns;
    }

    private static AccountTerms? Accounts(IReadOnlyList<RulesNode.Word> words, int line, string where, RulesProblems problems)
    {
        if (words.Count == 0)
        {
            problems.Add(line, $"{where}: 'accounts' names none", "Write it as in 'accounts: ou:Workloads/Prod', or 'accounts: all'.");
            return null;
        }

        if (AccountTerms.TryParse(string.Join(", ", words.Select(static word => word.Text)), out var terms, out var wrong))
        {
            return terms;
        }

        problems.Add(words[0].Line, $"{where}: 'accounts' {wrong}", "An account selector is an id, a name, ou:Path/To, tag:key=value or all, each excluded by a '!' before it.");
        return null;
    }
}
