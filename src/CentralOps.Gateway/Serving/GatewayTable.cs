using System.Collections.Frozen;
using CentralOps.Gateway.Callers;
using CentralOps.Gateway.Targets;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Serving;

/// <summary>Everything that is served at this moment, by path. A change replaces it as a whole; a request sees one state from beginning to end.</summary>
internal sealed partial class GatewayTable(GatewayCompiler compiler, TargetPool targets, ILogger<GatewayTable> log) : IAsyncDisposable
{
    private IReadOnlyDictionary<string, ServedGateway> _gateways = FrozenDictionary<string, ServedGateway>.Empty;
    private FrozenDictionary<string, IEndpoint> _byPath = FrozenDictionary<string, IEndpoint>.Empty;

    public IEndpoint? Find(string path) => _byPath.GetValueOrDefault(path);

    public GatewayConfig? Served(string gatewayId) => _gateways.GetValueOrDefault(gatewayId)?.Config;

    public IReadOnlyList<GatewayConfig> Served() => [.. _gateways.Values.Select(static gateway => gateway.Config).OrderBy(static gateway => gateway.Name, StringComparer.Ordinal)];

    /// <summary>Serves these gateways from now on. One whose configuration cannot be served keeps its last that could, and the log says why.</summary>
    /// <returns>What is wrong, by gateway.</returns>
    public IReadOnlyList<string> Serve(IReadOnlyList<GatewayConfig> gateways)
    {
        var complaints = new List<string>();
        var served = new Dictionary<string, ServedGateway>(StringComparer.Ordinal);
        foreach (var gateway in gateways)
        {
            if (Compile(gateway, complaints) is { } compiled)
            {
                served[gateway.GatewayId] = compiled;
            }
        }

        var gone = _gateways.Values.Except(served.Values, ReferenceEqualityComparer.Instance).Cast<ServedGateway>().ToArray();
        _gateways = served;
        _byPath = served.Values.SelectMany(gateway => gateway.Endpoints).Concat(WellKnown.OfTheOnly(served.Values)).ToFrozenDictionary(StringComparer.Ordinal);
        foreach (var replaced in gone)
        {
            _ = RetireAsync(replaced);
        }

        targets.Keep(served.Values.SelectMany(gateway => gateway.Config.Targets));
        return complaints;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways.Values)
        {
            await RetireAsync(gateway);
        }
    }

    private static async Task RetireAsync(ServedGateway gateway)
    {
        if (gateway.Search is { } search)
        {
            await search.DisposeAsync();
        }
    }

    private ServedGateway? Compile(GatewayConfig gateway, List<string> complaints)
    {
        var before = _gateways.GetValueOrDefault(gateway.GatewayId);
        if (before is not null && ReferenceEquals(before.Config, gateway))
        {
            return before;
        }

        var problems = new List<string>();
        var compiled = compiler.Compile(gateway, problems);
        if (problems.Count == 0)
        {
            return compiled;
        }

        complaints.AddRange(problems);
        NotServed(gateway.GatewayId, string.Join(' ', problems));
        return before;
    }

    [LoggerMessage(LogLevel.Error, "Gateway {GatewayId} is not served as it is configured now: {Problems}")]
    private partial void NotServed(string gatewayId, string problems);
}
