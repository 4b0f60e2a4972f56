using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Transcoding;

namespace CentralOps.Aws.Protocols.Xml;

/// <summary>Writes our JSON as XML.</summary>
/// <param name="newToken">Null where no token is made up, as in answers.</param>
internal sealed class XmlBodyWriter(XmlWriter writer, Func<string>? newToken = null)
{
    /// <summary>Opens an element. A namespace with a prefix is declared for what stands inside; the element itself is not in it.</summary>
    public static void Open(XmlWriter writer, string name, XmlNamespace? declared)
    {
        writer.WriteStartElement(name, declared is { Prefix: null } ? declared.Uri : null);
        if (declared is { Prefix: { } prefix })
        {
            writer.WriteAttributeString("xmlns", prefix, null, declared.Uri);
        }
    }

    /// <summary>The structure that the input stands on, inside an element that is open already.</summary>
    public void WriteMembers(ref InputReader input, Shape shape)
    {
        WriteAttributes(input, shape);
        var given = default(MemberSet);
        input.EnterStructure();
        while (input.NextMember(shape, ref given) is { } member)
        {
            WriteMember(ref input, member);
        }

        WriteTokens(shape, given);
    }

    /// <summary>
    /// Members that are attributes of the open element. They have to go before its content and may come behind it, so the input is a
    /// copy that goes ahead.
    /// </summary>
    public void WriteAttributes(InputReader ahead, Shape shape)
    {
        if (!shape.HasXmlAttributes)
        {
            return;
        }

        var given = default(MemberSet);
        ahead.EnterStructure();
        while (ahead.NextMember(shape, ref given) is { } member)
        {
            if (!member.XmlAttribute)
            {
                ahead.Raw();
                continue;
            }

            var colon = member.WireName.IndexOf(':', StringComparison.Ordinal);
            var prefix = colon < 0 ? null : member.WireName[..colon];
            var local = member.WireName[(colon + 1)..];
            var text = ahead.Text(member, TimestampFormat.Iso8601);
            writer.WriteAttributeString(prefix, local, prefix is null ? null : UriOf(prefix, shape), text);
        }
    }

    /// <summary>A member of a structure whose element is open.</summary>
    public void WriteMember(ref InputReader input, Member member)
    {
        if (!member.XmlAttribute)
        {
            WriteMember(ref input, member, member.WireName, null);
            return;
        }

        // Written already.
        input.Raw();
    }

    /// <summary>Idempotency tokens that the input left out.</summary>
    public void WriteTokens(Shape shape, MemberSet given)
    {
        foreach (var member in shape.MemberArray)
        {
            if (newToken is not null && member is { IdempotencyToken: true, Location: MemberLocation.Body } && !given.Has(member))
            {
                Open(writer, member.WireName, member.XmlNamespace);
                writer.WriteString(newToken());
                writer.WriteEndElement();
            }
        }
    }

    private static string UriOf(string prefix, Shape shape) =>
        shape.XmlNamespace is { } declared && string.Equals(declared.Prefix, prefix, StringComparison.Ordinal)
            ? declared.Uri
            : throw new FormatException($"The model gives no namespace to the prefix '{prefix}' of {shape.Name}.");

    private void WriteMember(ref InputReader input, Member member, string name, XmlNamespace? outer)
    {
        var declared = member.XmlNamespace ?? (member.Shape.Kind == ShapeKind.Structure ? member.Shape.XmlNamespace : null) ?? outer;
        switch (member.Shape.Kind)
        {
            case ShapeKind.List when member.IsFlattened:
                WriteElements(ref input, member.Shape, name, declared);
                break;
            case ShapeKind.Map when member.IsFlattened:
                WriteEntries(ref input, member.Shape, name, declared);
                break;
            default:
                Open(writer, name, declared);
                WriteContent(ref input, member);
                writer.WriteEndElement();
                break;
        }
    }

    private void WriteContent(ref InputReader input, Member member)
    {
        if (input.IsNull)
        {
            return;
        }

        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                WriteMembers(ref input, member.Shape);
                break;
            case ShapeKind.List:
                WriteElements(ref input, member.Shape, member.Shape.Element!.LocationName ?? "member", null);
                break;
            case ShapeKind.Map:
                WriteEntries(ref input, member.Shape, "entry", null);
                break;
            default:
                writer.WriteString(input.Text(member, TimestampFormat.Iso8601));
                break;
        }
    }

    private void WriteElements(ref InputReader input, Shape list, string name, XmlNamespace? outer)
    {
        input.EnterList();
        while (input.NextElement())
        {
            WriteMember(ref input, list.Element!, name, outer);
        }
    }

    private void WriteEntries(ref InputReader input, Shape map, string name, XmlNamespace? declared)
    {
        input.EnterMap();
        while (input.NextEntry(out var key))
        {
            Open(writer, name, declared);
            Open(writer, map.Key!.LocationName ?? "key", map.Key.XmlNamespace);
            writer.WriteString(key);
            writer.WriteEndElement();
            WriteMember(ref input, map.Value!, map.Value!.LocationName ?? "value", null);
            writer.WriteEndElement();
        }
    }
}
