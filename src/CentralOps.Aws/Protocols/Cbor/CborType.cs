namespace CentralOps.Aws.Protocols.Cbor;

/// <summary>CBOR's major types.</summary>
internal enum CborType
{
    Unsigned,
    Negative,
    Bytes,
    Text,
    Array,
    Map,
    Tag,

    /// <summary>Booleans, null and floating-point numbers.</summary>
    Simple,
}

/// <summary>Tags with a meaning here. https://www.iana.org/assignments/cbor-tags</summary>
internal static class CborTags
{
    /// <summary>Seconds since 1970.</summary>
    public const ulong Epoch = 1;

    /// <summary>A byte string that is a big number.</summary>
    public const ulong BigPositive = 2;

    /// <summary>A byte string n that stands for -1 - n.</summary>
    public const ulong BigNegative = 3;

    /// <summary>An array of a power of ten and what it multiplies.</summary>
    public const ulong DecimalFraction = 4;
}
