namespace CentralOps.Gateway.Outbound;

/// <summary>What an address is, as far as it matters to who may be called.</summary>
internal enum AddressKind
{
    /// <summary>An address of the internet.</summary>
    Public,
    Loopback,

    /// <summary>RFC 1918, RFC 4193 and shared address space (RFC 6598).</summary>
    Private,

    /// <summary>RFC 3927 and RFC 4291, section 2.5.6.</summary>
    LinkLocal,

    /// <summary>Where clouds tell a machine its credentials.</summary>
    Metadata,

    /// <summary>Multicast, unspecified, documentation, benchmarking, tunnels to any of these, and all that is not assigned to anybody.</summary>
    Reserved,
}
