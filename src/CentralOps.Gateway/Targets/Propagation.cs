using System.Collections.Frozen;
using CentralOps.Gateway.Outbound;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Targets;

/// <summary>
/// AgentCore's header and query propagation (<c>metadataConfiguration</c>): what a target may see of the client's request, and what may go back of
/// its answer. Names compare without case. What is allowed and cannot be passed is refused by name: nothing is dropped in silence.
/// </summary>
internal sealed class Propagation(PropagationConfig config)
{
    private const int MaxValue = 4096;

    // Whatever a configuration allows: these are the protocol's, the transport's and the credential's. The control plane refuses many more.
    private static readonly FrozenSet<string> Ours = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Last-Event-ID", "Host", "Authorization", "Proxy-Authorization", "User-Agent", "Accept", "Accept-Encoding", "Connection",
        "Upgrade", "TE", "Trailer", "Transfer-Encoding", "Expect", "Cookie", "Content-Type", "Content-Length", "Content-Encoding", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256");

    public bool IsNone => config.RequestHeaders.Count == 0 && config.QueryParameters.Count == 0;

    /// <returns>The allowed headers that the request has, or why one of them cannot pass.</returns>
    public (List<KeyValuePair<string, string>> Headers, string? Problem) RequestHeaders(IHeaderDictionary? headers)
    {
        var passed = new List<KeyValuePair<string, string>>();
        foreach (var name in headers is null ? [] : config.RequestHeaders)
        {
            if (IsOurs(name) || !headers!.TryGetValue(name, out var values) || values.Count == 0)
            {
                continue;
            }

            var value = string.Join(", ", values.ToArray());
            if (!HeaderText.IsValue(value, MaxValue))
            {
                return (passed, $"The header {name} is passed on to the target and must have 1 to {MaxValue} printable ASCII characters. Send it so, or leave it out.");
            }

            passed.Add(new(name, value));
        }

        return (passed, null);
    }

    /// <summary>Parameters in the order of the request, their names and values as they stand in it, percent-encoded.</summary>
    public (List<KeyValuePair<string, string>> Parameters, string? Problem) QueryParameters(string query)
    {
        var passed = new List<KeyValuePair<string, string>>();
        if (config.QueryParameters.Count == 0 || query.Length == 0)
        {
            return (passed, null);
        }

        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            if (!config.QueryParameters.Contains(Uri.UnescapeDataString(name), StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            if (value.Length > MaxValue || (value.Length > 0 && !HeaderText.IsVisible(value, MaxValue)) || value.Contains('#', StringComparison.Ordinal))
            {
                return (passed, $"The query parameter {Printable.Text(name, 40)} is passed on to the target and must be percent-encoded, at most {MaxValue} characters. Send it so, or leave it out.");
            }

            passed.Add(new(name, value));
        }

        return (passed, null);
    }

    private static bool IsOurs(string name) => Ours.Contains(name) || name.StartsWith("Mcp-Param-", StringComparison.OrdinalIgnoreCase);

    /// <summary>What goes back of the answer's headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? ResponseHeaders(System.Net.Http.Headers.HttpResponseHeaders? headers)
    {
        if (headers is null || config.ResponseHeaders.Count == 0)
        {
            return null;
        }

        var passed = new List<KeyValuePair<string, string>>();
        foreach (var name in config.ResponseHeaders)
        {
            if (headers.NonValidated.TryGetValues(name, out var values) && string.Join(", ", values) is var value && HeaderText.IsValue(value, MaxValue))
            {
                passed.Add(new(name, value));
            }
        }

        return passed;
    }
}
