namespace CentralOps.Aws.Wire;

/// <summary>Bounds on what is read. Sizes are bounded by whoever reads the body from its connection.</summary>
internal static class WireLimits
{
    /// <summary>Nesting of bodies and inputs. AWS's deepest answers have about twenty levels.</summary>
    public const int MaxDepth = 64;
}
