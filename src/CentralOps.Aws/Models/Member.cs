using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CentralOps.Aws.Models;

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
    private Shape? _shape;
    private byte[]? _utf8Name;
    private StrongBox<JsonEncodedText>? _jsonName;
    private string? _wireName;
    private string? _ec2Name;

    internal Member(ShapeReference target) => Target = target;

    /// <summary>The member's name in the model, and in our JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Resolved when first asked for: models are recursive.</summary>
    public Shape Shape => _shape ??= Target.Resolve();

    public MemberLocation Location { get; internal set; }

    /// <summary>The name on the wire where it differs.</summary>
    public string? LocationName { get; init; }

    /// <summary>ec2Query's own name.</summary>
    public string? QueryName { get; init; }

    /// <summary>The member itself, not its shape, says that elements stand without a wrapper.</summary>
    public bool Flattened { get; init; }

    public bool Streaming { get; init; }

    public bool IdempotencyToken { get; init; }

    public bool HostLabel { get; init; }

    public bool JsonValue { get; init; }

    public bool XmlAttribute { get; init; }

    /// <summary>Stands in a header of the event's message.</summary>
    public bool EventHeader { get; init; }

    /// <summary>Is the payload of the event's message.</summary>
    public bool EventPayload { get; init; }

    public XmlNamespace? XmlNamespace { get; init; }

    public bool Sensitive { get; init; }

    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>The value, as JSON text, that the member has where it is not given. Only Smithy models say it; nothing is filled in from it.</summary>
    public string? Default { get; init; }

    internal ShapeReference Target { get; }

    /// <summary>Position among the structure's members.</summary>
    internal int Index { get; init; }

    /// <summary>The member in an answer, which has no path and no query: what stands there in a request stands in the body.</summary>
    internal Member InAnswer()
    {
        if (Location is not (MemberLocation.Uri or MemberLocation.QueryString))
        {
            return this;
        }

        var copy = (Member)MemberwiseClone();
        copy.Location = MemberLocation.Body;
        return copy;
    }

    /// <summary>The name as answers write it, looked through for what JSON escapes once and for all.</summary>
    internal JsonEncodedText JsonName =>
        (_jsonName ??= new(JsonEncodedText.Encode(Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))).Value;

    /// <summary>The same member, leading to another form of its shape.</summary>
    internal Member WithShape(Shape shape)
    {
        var copy = (Member)MemberwiseClone();
        copy._shape = shape;
        return copy;
    }

    internal ReadOnlySpan<byte> Utf8Name => _utf8Name ??= Encoding.UTF8.GetBytes(Name);

    /// <summary>Elements stand without a wrapper. Asks the target only where it can matter, so that a wire name does not read every shape.</summary>
    internal bool IsFlattened => Flattened || (Target.MayBeFlattened && Shape.Flattened);

    /// <summary>
    /// The name in bodies and awsQuery forms. Where the list's shape is flattened, its element names it; where the member is, the member does.
    /// </summary>
    internal string WireName => _wireName ??=
        (!Flattened && IsFlattened ? Shape.Element?.LocationName : null) ?? LocationName ?? Name;

    internal string Ec2Name => _ec2Name ??= QueryName ?? Capitalize(LocationName ?? Name);

    private static string Capitalize(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) ? char.ToUpperInvariant(name[0]) + name[1..] : name;

    public override string ToString() => Name;
}
