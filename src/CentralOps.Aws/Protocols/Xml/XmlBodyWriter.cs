using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Transcoding;

namespace CentralOps.Aws.Protocols.Xml;

/// <summary>Writes our JSON as the XML of an answer.</summary>
internal static class XmlBodyWriter
{
    /// <summary>The members of the structure that the input stands on, inside an element that is open already.</summary>
    public static void WriteMembers(ref InputReader input, Shape shape, XmlWriter writer)
    {
        var given = default(MemberSet);
        input.EnterStructure();
        while (input.NextMember(shape, ref given) is { } member)
        {
            WriteMember(ref input, member, member.WireName, writer);
        }
    }

    private static void WriteMember(ref InputReader input, Member member, string name, XmlWriter writer)
    {
        if (!member.IsFlattened || member.Shape.Kind is not (ShapeKind.List or ShapeKind.Map))
        {
            writer.WriteStartElement(name);
            WriteContent(ref input, member, writer);
            writer.WriteEndElement();
            return;
        }

        if (member.Shape.Kind == ShapeKind.List)
        {
            WriteElements(ref input, member.Shape, name, writer);
            return;
        }

        WriteEntries(ref input, member.Shape, name, writer);
    }

    private static void WriteContent(ref InputReader input, Member member, XmlWriter writer)
    {
        if (input.IsNull)
        {
            return;
        }

        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                WriteMembers(ref input, member.Shape, writer);
                break;
            case ShapeKind.List:
                WriteElements(ref input, member.Shape, member.Shape.Element!.LocationName ?? "member", writer);
                break;
            case ShapeKind.Map:
                WriteEntries(ref input, member.Shape, "entry", writer);
                break;
            default:
                writer.WriteString(input.Text(member, TimestampFormat.Iso8601));
                break;
        }
    }

    private static void WriteElements(ref InputReader input, Shape list, string name, XmlWriter writer)
    {
        input.EnterList();
        while (input.NextElement())
        {
            WriteMember(ref input, list.Element!, name, writer);
        }
    }

    private static void WriteEntries(ref InputReader input, Shape map, string name, XmlWriter writer)
    {
        input.EnterMap();
        while (input.NextEntry(out var key))
        {
            writer.WriteStartElement(name);
            writer.WriteElementString(map.Key!.LocationName ?? "key", key);
            WriteMember(ref input, map.Value!, map.Value!.LocationName ?? "value", writer);
            writer.WriteEndElement();
        }
    }
}
