namespace CentralOps.Sandbox.Tests.Clients;

/// <summary>Clients name an error by its code or by its shape, which ends in <c>Fault</c> or <c>Exception</c>.</summary>
internal static class ErrorNames
{
    public static bool Same(string? expected, string? told) => string.Equals(Plain(expected), Plain(told), StringComparison.Ordinal);

    private static string? Plain(string? name)
    {
        foreach (var ending in new[] { "Fault", "Exception" })
        {
            if (name?.EndsWith(ending, StringComparison.Ordinal) == true)
            {
                return name[..^ending.Length];
            }
        }

        return name is "NotFound" ? "404" : name;
    }
}
