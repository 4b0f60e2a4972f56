namespace CentralOps.Gateway.Serving;

/// <summary>Checks a server's own settings before it starts, and names everything that is wrong.</summary>
internal static class ServerRules
{
    public static void Check(GatewayOptions options, List<string> problems)
    {
        Demand(options.Gateway is null != options.Source is null, "A server serves one Gateway or the gateways of a Source: set one of them.", problems);
        Demand(options.Port is >= 0 and <= 65535, $"Port {options.Port} must be 0 (any) to 65535.", problems);
        Demand(
            options.ThrottleWait >= TimeSpan.Zero && options.ThrottleWait <= TimeSpan.FromMinutes(1),
            "ThrottleWait must be 0 to 60 seconds.",
            problems);
        Demand(
            options.InvocationTimeout >= TimeSpan.FromSeconds(1) && options.InvocationTimeout <= TimeSpan.FromMinutes(15),
            "InvocationTimeout must be 1 second to 15 minutes.",
            problems);
        foreach (var host in options.AllowedHosts)
        {
            Demand(
                Uri.CheckHostName(host) != UriHostNameType.Unknown,
                $"AllowedHosts: '{host}' must be a host name alone, such as gateway.example.com.",
                problems);
        }
    }

    private static void Demand(bool holds, string problem, List<string> problems)
    {
        if (!holds)
        {
            problems.Add(problem);
        }
    }
}
