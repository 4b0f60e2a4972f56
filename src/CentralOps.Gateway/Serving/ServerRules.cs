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
        Demand(
            options.Embeddings is null or { BatchSize: >= 1 and <= 256, Model.Length: > 0 },
            "Embeddings need a model's name and a batch size of 1 to 256.",
            problems);
        Demand(
            options.Embeddings is null || (options.Embeddings.QueryDeadline >= TimeSpan.FromMilliseconds(10) && options.Embeddings.QueryDeadline <= TimeSpan.FromSeconds(10)
                && options.Embeddings.BatchDeadline >= TimeSpan.FromSeconds(1) && options.Embeddings.BatchDeadline <= TimeSpan.FromMinutes(10)),
            "Embeddings: QueryDeadline must be 10 ms to 10 s, BatchDeadline 1 second to 10 minutes.",
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
