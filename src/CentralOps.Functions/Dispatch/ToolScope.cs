using CentralOps.Tools;

namespace CentralOps.Functions.Dispatch;

/// <summary>
/// Which tools this function serves: those of one subject, or one tool. The handler says it (<c>ec2</c>, or
/// <c>describe_ec2_instances</c> for one function a tool), or the function's own name after <c>central-ops-</c>. A function that
/// neither tells serves nothing: its role is made for these tools and no others.
/// </summary>
internal static class ToolScope
{
    private const string NamePrefix = "central-ops-";

    public static IReadOnlyList<Tool> Of(string? handler, string? functionName, IReadOnlyList<Tool> tools, List<string> problems)
    {
        var name = functionName?.StartsWith(NamePrefix, StringComparison.Ordinal) == true ? functionName[NamePrefix.Length..] : functionName;
        foreach (var wanted in new[] { handler, name?.Replace('-', '_') })
        {
            var found = tools.Where(tool => string.Equals(tool.Subject, wanted, StringComparison.Ordinal) || string.Equals(tool.Name, wanted, StringComparison.Ordinal)).ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }

        var known = string.Join(", ", tools.Select(static tool => tool.Subject).Distinct(StringComparer.Ordinal).Concat(tools.Select(static tool => tool.Name)));
        problems.Add($"Neither the handler nor the function's name says which tools to serve; set the handler to one of {known}, or name the function {NamePrefix}ec2.");
        return [];
    }
}
