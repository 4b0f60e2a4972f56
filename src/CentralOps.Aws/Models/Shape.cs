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
    private MemberTable? _byName;
    private MemberTable? _byWireName;
    private MemberTable? _byEc2Name;

    /// <summary>The structure that has no members: what an operation without input or output takes and gives.</summary>
    internal static Shape Empty { get; } = new() { Name = "Empty", Kind = ShapeKind.Structure };

    public required string Name { get; init; }

    public required ShapeKind Kind { get; init; }

    /// <summary>Of a structure, in the model's order.</summary>
    public IReadOnlyList<Member> Members => MemberArray;

    /// <summary>The element of a list.</summary>
    public Member? Element { get; internal set; }

    public Member? Key { get; internal set; }

    public Member? Value { get; internal set; }

    /// <summary>Names of the members that a request has to carry.</summary>
    public IReadOnlyList<string> Required => RequiredArray;

    /// <summary>The member that is the HTTP body.</summary>
    public string? Payload { get; internal set; }

    public bool Flattened { get; internal set; }

    public bool Sensitive { get; internal set; }

    /// <summary>A structure of which exactly one member is set.</summary>
    public bool Union { get; internal set; }

    /// <summary>A list or map whose values may be null.</summary>
    public bool Sparse { get; internal set; }

    public bool Streaming { get; internal set; }

    /// <summary>A union whose members are sent one after the other, each in a message of its own.</summary>
    public bool EventStream { get; internal set; }

    /// <summary>A streamed body whose length has to be known before it is sent.</summary>
    public bool RequiresLength { get; internal set; }

    public TimestampFormat TimestampFormat { get; internal set; }

    /// <summary>The name of the element where the structure is a whole XML body.</summary>
    public string? LocationName { get; internal set; }

    public XmlNamespace? XmlNamespace { get; internal set; }

    public IReadOnlyList<string> Enum { get; internal set; } = [];

    // Arrays for the codecs: walking one through its interface is compiled at start.
    internal Member[] MemberArray { get; set; } = [];

    internal string[] RequiredArray { get; set; } = [];

    /// <summary>What the model says of an error structure; null on everything else.</summary>
    internal ErrorTraits? Error { get; set; }

    /// <summary>Some member is an attribute of the structure's XML element.</summary>
    internal bool HasXmlAttributes { get; set; }

    /// <summary>A map of whose entries only the names may be read.</summary>
    internal bool IsWithoutValues { get; private set; }

    internal bool IsScalar => Kind is not (ShapeKind.Structure or ShapeKind.List or ShapeKind.Map);

    /// <summary>Members by their name in the model and in our JSON.</summary>
    internal MemberTable ByName => _byName ??= new(MemberArray, static member => member.Name);

    /// <summary>Members by their name in JSON and XML bodies and in awsQuery forms.</summary>
    internal MemberTable ByWireName => _byWireName ??= new(MemberArray, static member => member.WireName);

    /// <summary>Members by their name in ec2Query forms.</summary>
    internal MemberTable ByEc2Name => _byEc2Name ??= new(MemberArray, static member => member.Ec2Name);

    /// <summary>The member of that name; null when the structure has none.</summary>
    public Member? FindMember(string name) => ByName.Find(name);

    /// <summary>The structure as an output: itself, but for the rare one that is an input too and has members in path or query.</summary>
    internal Shape InAnswer() =>
        Array.Exists(MemberArray, static member => member.Location is MemberLocation.Uri or MemberLocation.QueryString)
            ? WithMembers(Array.ConvertAll(MemberArray, static member => member.InAnswer()))
            : this;

    /// <summary>The same structure with other members.</summary>
    internal Shape WithMembers(Member[] members)
    {
        var copy = (Shape)MemberwiseClone();
        copy.MemberArray = members;
        (copy._byName, copy._byWireName, copy._byEc2Name) = (null, null, null);
        return copy;
    }

    internal Shape WithElement(Member element)
    {
        var copy = (Shape)MemberwiseClone();
        copy.Element = element;
        return copy;
    }

    internal Shape WithValue(Member value)
    {
        var copy = (Shape)MemberwiseClone();
        copy.Value = value;
        return copy;
    }

    /// <summary>The same map, of which a reader takes the names only.</summary>
    internal Shape WithoutValues()
    {
        var copy = (Shape)MemberwiseClone();
        copy.IsWithoutValues = true;
        return copy;
    }

    public override string ToString() => $"{Name} ({Kind})";
}

/// <summary>The <c>error</c> and <c>fault</c> traits of an error structure.</summary>
internal sealed record ErrorTraits(string? Code, int? Status, bool? SenderFault, bool Fault);
