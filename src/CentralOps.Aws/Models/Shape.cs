namespace CentralOps.Aws.Models;

public enum ShapeKind
{
    Structure,
    List,
    Map,
    String,
    Blob,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    Timestamp,
    Document,
}

public enum TimestampFormat
{
    /// <summary>The protocol's own.</summary>
    Default,
    Iso8601,
    UnixSeconds,
    HttpDate,
}

/// <summary>One shape. Immutable once read; members may lead back to the shape itself.</summary>
public sealed class Shape
{
    public required string Name { get; init; }

    public required ShapeKind Kind { get; init; }

    /// <summary>Of a structure, in the model's order.</summary>
    public IReadOnlyList<Member> Members { get; internal set; } = [];

    /// <summary>The element of a list.</summary>
    public Member? Element { get; internal set; }

    public Member? Key { get; internal set; }

    public Member? Value { get; internal set; }

    /// <summary>Names of the members that a request has to carry.</summary>
    public IReadOnlyList<string> Required { get; internal set; } = [];

    /// <summary>The member that is the HTTP body.</summary>
    public string? Payload { get; internal set; }

    public bool Flattened { get; internal set; }

    public bool Sensitive { get; internal set; }

    public TimestampFormat TimestampFormat { get; internal set; }

    public IReadOnlyList<string> Enum { get; internal set; } = [];
}

public enum MemberLocation
{
    Body,
    Header,
    Headers,
    QueryString,
    Uri,
    StatusCode,
}

/// <summary>A reference to a shape from a structure, list or map, with what it says about the wire.</summary>
public sealed class Member
{
    /// <summary>The member's name in the model, and in our JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Resolved when first asked for: models are recursive.</summary>
    public required Lazy<Shape> Target { get; init; }

    public Shape Shape => Target.Value;

    public MemberLocation Location { get; init; }

    /// <summary>The name on the wire where it differs.</summary>
    public string? LocationName { get; init; }

    /// <summary>ec2Query's own name.</summary>
    public string? QueryName { get; init; }

    public bool Flattened { get; init; }

    public bool Streaming { get; init; }

    public bool IdempotencyToken { get; init; }

    public bool HostLabel { get; init; }

    public bool JsonValue { get; init; }

    public bool XmlAttribute { get; init; }

    public string? XmlNamespace { get; init; }

    public bool Sensitive { get; init; }

    public TimestampFormat TimestampFormat { get; init; }
}
