namespace CentralOps.Aws.Wire;

/// <summary>Bounds on what is read. Sizes are bounded by whoever reads the body from its connection.</summary>
internal static class WireLimits
{
    /// <summary>Nesting of bodies and inputs. AWS's deepest answers have about twenty levels.</summary>
    public const int MaxDepth = 64;

    /// <summary>What a gzipped request may hold. CloudWatch takes 1 MB.</summary>
    public const int MaxUnpackedBytes = 16 * 1024 * 1024;
}
