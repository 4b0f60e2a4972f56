using System.Collections.Frozen;

namespace CentralOps.Tools.Finding;

/// <summary>Kinds of EC2's ids that people look for.</summary>
internal static class IdKinds
{
    /// <summary>What is an id by its looks, also where there is no way to look for it: it is no name then, and saying so is an answer.</summary>
    public static FrozenSet<string> Known { get; } = new[]
    {
        "i", "vpc", "sg", "subnet", "eni", "vol", "ami", "snap", "rtb", "igw", "nat", "acl", "eipalloc", "eipassoc", "lt", "pcx", "tgw", "tgw-attach", "vgw", "vpn", "cgw", "vpce", "dopt", "fl", "r", "pl", "eigw", "sgr",
    }.ToFrozenSet(StringComparer.Ordinal);
}
