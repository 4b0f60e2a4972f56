using CentralOps.Accounts;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Functions.Wrapping;

/// <summary>What the wrapper is told by its environment, beside what every function is.</summary>
/// <param name="Upstream">The MCP server behind it.</param>
/// <param name="Home">The account whose role runs tools that need no account.</param>
internal sealed record WrapperSettings(UpstreamAddress Upstream, AccountId Home)
{
    private const int MaxNames = 100;

    /// <summary>Tools that need no account although their server does not say so.</summary>
    public IReadOnlySet<string> ToolsWithoutAccount { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Callers over the function URL are whom Lambda says they are.</summary>
    public bool TrustsUrlCallers { get; private init; }

    /// <summary>How long one call to the server may take.</summary>
    public TimeSpan Timeout { get; private init; } = TimeSpan.FromSeconds(60);

    /// <param name="directory">The account that is home where none is named.</param>
    /// <returns>Null with a problem.</returns>
    public static WrapperSettings? Read(Func<string, string?> variable, AccountId? directory, List<string> problems)
    {
        var before = problems.Count;
        var url = Given(variable, "CENTRALOPS_UPSTREAM_URL") ?? UpstreamAddress.AwsMcpServer;
        if (!UpstreamAddress.TryParse(url, Given(variable, "CENTRALOPS_UPSTREAM_SERVICE"), Given(variable, "CENTRALOPS_UPSTREAM_REGION"), out var address, out var problem))
        {
            problems.Add($"CENTRALOPS_UPSTREAM_URL: {problem} (--service and --region are CENTRALOPS_UPSTREAM_SERVICE and CENTRALOPS_UPSTREAM_REGION here.)");
        }

        var home = AccountId.TryParse(Given(variable, "CENTRALOPS_HOME_ACCOUNT"), out var named) ? named : directory;
        if (home is null || (Given(variable, "CENTRALOPS_HOME_ACCOUNT") is not null && named == default))
        {
            problems.Add("CENTRALOPS_HOME_ACCOUNT has to be the 12-digit id of the account whose target role runs tools that need no account; CENTRALOPS_DIRECTORY_ACCOUNT takes its place.");
        }

        var names = (Given(variable, "CENTRALOPS_TOOLS_WITHOUT_ACCOUNT") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > MaxNames || names.Any(static name => name.Length > 128))
        {
            problems.Add($"CENTRALOPS_TOOLS_WITHOUT_ACCOUNT takes {MaxNames} names of tools at most, of 128 characters at most, separated by commas.");
        }

        var (trusts, timeout) = (ReadTrust(variable, problems), ReadTimeout(variable, problems));
        return problems.Count > before
            ? null
            : new WrapperSettings(address!, home!.Value) { ToolsWithoutAccount = names.ToHashSet(StringComparer.Ordinal), TrustsUrlCallers = trusts, Timeout = timeout };
    }

    private static bool ReadTrust(Func<string, string?> variable, List<string> problems)
    {
        var trust = Given(variable, "CENTRALOPS_URL_CALLERS");
        if (trust is not (null or "iam"))
        {
            problems.Add("CENTRALOPS_URL_CALLERS is not iam; unset it, or set it to iam to take callers over the function URL for whom Lambda says they are.");
        }

        return trust is "iam";
    }

    private static TimeSpan ReadTimeout(Func<string, string?> variable, List<string> problems)
    {
        if (Given(variable, "CENTRALOPS_UPSTREAM_TIMEOUT") is not { } text)
        {
            return TimeSpan.FromSeconds(60);
        }

        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 900)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        problems.Add("CENTRALOPS_UPSTREAM_TIMEOUT has to be 1 to 900 seconds.");
        return default;
    }

    private static string? Given(Func<string, string?> variable, string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
