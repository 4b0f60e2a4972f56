namespace CentralOps.Models;

/// <summary>Which operations of which services are built in. A service stands at the start of a line, its operations are indented.</summary>
public static class OperationList
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string path)
    {
        var services = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        List<string>? operations = null;
        foreach (var line in File.ReadLines(path))
        {
            var text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            if (!char.IsWhiteSpace(line[0]))
            {
                services.Add(text, operations = []);
                continue;
            }

            (operations ?? throw new FormatException($"'{text}' stands before any service.")).Add(text);
        }

        return services;
    }
}
