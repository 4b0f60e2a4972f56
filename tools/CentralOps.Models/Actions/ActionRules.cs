namespace CentralOps.Models.Actions;

/// <summary>What <c>actions.txt</c> says of one service.</summary>
/// <param name="Prefix">Null for the signing name, <c>-</c> for none.</param>
/// <param name="Operations">Operation to the words behind its <c>=</c>; <c>*</c> for all that IAM does not know by name.</param>
/// <param name="Pages">AWS's pages, of which one stands before every rule.</param>
public sealed record ActionRules(string? Prefix, IReadOnlyDictionary<string, string[]> Operations, IReadOnlyList<string> Pages)
{
    public static ActionRules None { get; } = new(null, new Dictionary<string, string[]>(), []);

    public static IReadOnlyDictionary<string, ActionRules> Read(string path)
    {
        var services = new SortedDictionary<string, ActionRules>(StringComparer.Ordinal);
        Dictionary<string, string[]> operations = [];
        List<string> pages = [];
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case [] or ["#", ..]:
                    break;
                case [var service, .. var prefix] when line[0] != ' ':
                    services.Add(service, new(prefix is [var one] ? one : null, operations = [], pages = []));
                    break;
                case [var page] when page.StartsWith("https://docs.aws.amazon.com/", StringComparison.Ordinal):
                    pages.Add(page);
                    break;
                case [var operation, "=", .. var actions] when actions.Length > 0 && pages.Count > 0:
                    operations.Add(operation, actions);
                    break;
                default:
                    throw new FormatException($"{path}: '{line}' is no service, no AWS page and no rule under one.");
            }
        }

        return services;
    }
}
