using System.Collections.Concurrent;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>Whose quota it is: AWS counts an account in a region.</summary>
internal readonly record struct McpTenant(string AccountId, string Region);

/// <summary>How many requests a second, and how many at a time. Time goes by the right clock, whatever the sandbox's is set to.</summary>
internal sealed class McpQuotas(AwsMcpOptions options, TimeProvider time)
{
    // The keys are accounts of the estate and regions that they have: as many as there are, and no more.
    private readonly ConcurrentDictionary<McpTenant, Places> _tenants = [];

    /// <summary>A place for one request; null and what was exceeded when there is none.</summary>
    public IDisposable? TryEnter(McpTenant tenant, out string problem)
    {
        var places = _tenants.GetOrAdd(tenant, _ => new Places(new TokenBucket(options.RequestsPerSecond, options.Burst, time.GetUtcNow())));
        lock (places)
        {
            // A request that finds no rate takes no place, and one that finds no place has used its rate, as it has at AWS.
            if (!places.Rate.TryTake(time.GetUtcNow()))
            {
                problem = "Rate exceeded";
                return null;
            }

            if (places.Taken >= options.ConcurrentRequests)
            {
                problem = "Too many concurrent connections";
                return null;
            }

            places.Taken++;
            problem = "";
            return new Place(places);
        }
    }

    private sealed class Places(TokenBucket rate)
    {
        public TokenBucket Rate => rate;

        public int Taken { get; set; }
    }

    private sealed class Place(Places places) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            lock (places)
            {
                places.Taken -= _left ? 0 : 1;
                _left = true;
            }
        }
    }
}
