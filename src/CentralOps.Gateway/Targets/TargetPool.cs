using System.Collections.Concurrent;
using CentralOps.Gateway.Callers;

namespace CentralOps.Gateway.Targets;

/// <summary>
/// The opened targets. One that did not change is opened once, however often its gateway is compiled anew: its connections and what it
/// negotiated are kept.
/// </summary>
internal sealed class TargetPool(GatewayOptions options)
{
    private readonly ConcurrentDictionary<TargetConfig, ITarget> _open = new(ReferenceEqualityComparer.Instance);
    private readonly LambdaInvoker _invoker = new(
        options.Aws, options.RoleCredentials, new ThrottleWait(options.ThrottleWait, options.Time, Random.Shared), options.InvocationTimeout, options.Time);

    /// <summary>For interceptors, which are functions too.</summary>
    public LambdaInvoker Invoker => _invoker;

    public ITarget Open(GatewayConfig gateway, TargetConfig target) => _open.GetOrAdd(target, _ => target.Endpoint switch
    {
        TargetEndpoint.Lambda lambda => new LambdaTarget(LambdaFunction.Of(gateway, target, lambda.Arn) with { Stamp = CallerStamp.Of(gateway, options) }, _invoker),
        TargetEndpoint.Builtin builtin => options.Builtins[builtin.Name],
        _ => options.McpServers!(gateway, target),
    });

    /// <summary>Forgets the targets that no gateway has any more. A call that still runs ends as it would have.</summary>
    public void Keep(IEnumerable<TargetConfig> current)
    {
        var kept = current.ToHashSet<TargetConfig>(ReferenceEqualityComparer.Instance);
        foreach (var gone in _open.Keys.Where(target => !kept.Contains(target)).ToArray())
        {
            if (_open.TryRemove(gone, out var target) && target is IRetirable retirable)
            {
                retirable.Retire();
            }
        }
    }
}

/// <summary>A target that holds something open.</summary>
public interface IRetirable
{
    /// <summary>No new call comes; what it holds open may go when the running ones have ended.</summary>
    void Retire();
}
