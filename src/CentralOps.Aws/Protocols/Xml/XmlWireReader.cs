using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Xml;

/// <summary>An XML body on the wire. A value is an element; names compare without their namespace, as AWS's own SDKs do.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct XmlWireReader(XmlReader xml) : IWireReader
{
    private const int EmptyElement = -1;

    private bool _opened;

    public int Enter(Shape shape)
    {
        if (!shape.HasXmlAttributes || !xml.HasAttributes)
        {
            return Enter();
        }

        CheckDepth();
        var scope = xml.IsEmptyElement ? EmptyElement : xml.Depth;
        xml.MoveToFirstAttribute();
        return scope;
    }

    /// <summary>Enters the element that the reader stands on.</summary>
    public int Enter()
    {
        CheckDepth();
        var scope = xml.IsEmptyElement ? EmptyElement : xml.Depth;
        xml.Read();
        return scope;
    }

    /// <summary>Moves to the next child element; false at the end of the parent, which is then taken.</summary>
    public bool NextChild(int scope)
    {
        if (scope == EmptyElement)
        {
            return false;
        }

        while (xml.NodeType != XmlNodeType.Element)
        {
            if (xml.NodeType == XmlNodeType.EndElement)
            {
                xml.Read();
                return false;
            }

            if (!xml.Read())
            {
                throw new WireFormatException("The body ends inside an element.");
            }
        }

        return true;
    }

    public Member? NextMember(int scope, Shape shape)
    {
        while (xml.NodeType == XmlNodeType.Attribute)
        {
            if (FindAttribute(shape) is { } attribute)
            {
                return attribute;
            }

            TakeAttribute();
        }

        while (NextChild(scope))
        {
            if (shape.ByWireName.Find(xml.LocalName.AsSpan()) is { } member)
            {
                return member;
            }

            Skip();
        }

        return null;
    }

    public bool NextElement(int scope) => NextChild(scope);

    public bool NextEntry(int scope) => NextChild(scope);

    public int EnterEntry(Shape map, out string key, out bool hasValue)
    {
        var entry = Enter();
        var keyName = map.Key?.LocationName ?? "key";
        string? found = null;
        hasValue = false;
        while (!hasValue && NextChild(entry))
        {
            if (found is null && string.Equals(xml.LocalName, keyName, StringComparison.Ordinal))
            {
                found = ReadContent();
            }
            else if (string.Equals(xml.LocalName, map.Value?.LocationName ?? "value", StringComparison.Ordinal))
            {
                hasValue = true;
            }
            else
            {
                Skip();
            }
        }

        key = found ?? throw new WireFormatException($"An entry of {map.Name} does not begin with its key.");
        return hasValue ? entry : EmptyElement;
    }

    public void LeaveEntry(int entry)
    {
        while (NextChild(entry))
        {
            Skip();
        }
    }

    public bool TakeNull(Member member)
    {
        if (!member.Shape.IsScalar || member.Shape.Kind is ShapeKind.String or ShapeKind.Blob)
        {
            return false;
        }

        if (xml.NodeType == XmlNodeType.Attribute)
        {
            var isEmpty = xml.Value.Length == 0;
            if (isEmpty)
            {
                TakeAttribute();
            }

            return isEmpty;
        }

        // An empty number or date is no value; whether the element is empty shows only once it is open.
        if (!xml.IsEmptyElement)
        {
            xml.Read();
            _opened = true;
            if (xml.NodeType != XmlNodeType.EndElement)
            {
                return false;
            }
        }

        _opened = false;
        xml.Read();
        return true;
    }

    public void WriteScalar(Member member, Utf8JsonWriter writer)
    {
        if (!ScalarText.TryWrite(writer, member.Shape.Kind, ReadContent()))
        {
            throw new WireFormatException($"'{member.Name}' does not hold a {member.Shape.Kind} ({member.Shape.Name}).");
        }
    }

    public string ReadText(Member member) => ReadContent();

    public void Skip()
    {
        if (xml.NodeType == XmlNodeType.Attribute)
        {
            TakeAttribute();
            return;
        }

        var depth = xml.Depth;
        var empty = xml.IsEmptyElement;
        while (xml.Read() && !empty && (xml.Depth > depth || xml.NodeType != XmlNodeType.EndElement))
        {
            if (xml.Depth > WireLimits.MaxDepth)
            {
                throw new WireFormatException($"The body nests deeper than {WireLimits.MaxDepth} levels.");
            }
        }

        if (!empty)
        {
            xml.Read();
        }
    }

    public readonly bool Splits(Member member) =>
        member.IsFlattened && member.Shape.Kind is ShapeKind.List or ShapeKind.Map;

    /// <summary>The name of the element that the reader stands on.</summary>
    public readonly string Name => xml.LocalName;

    /// <summary>Takes the element as text; elements inside it are no scalar.</summary>
    public string ReadContent()
    {
        if (xml.NodeType == XmlNodeType.Attribute)
        {
            return TakeAttribute();
        }

        if (!_opened)
        {
            var empty = xml.IsEmptyElement;
            xml.Read();
            if (empty)
            {
                return "";
            }
        }

        _opened = false;
        var text = "";
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                throw new WireFormatException($"Text was expected where the element '{xml.LocalName}' stands.");
            }

            text = text.Length == 0 ? xml.Value : text + xml.Value;
            if (!xml.Read())
            {
                throw new WireFormatException("The body ends inside an element.");
            }
        }

        xml.Read();
        return text;
    }

    // Behind the last attribute the element's content begins.
    private readonly string TakeAttribute()
    {
        var value = xml.Value;
        if (!xml.MoveToNextAttribute())
        {
            xml.MoveToElement();
            xml.Read();
        }

        return value;
    }

    /// <summary>Its name's prefix is the sender's choice; a declaration of a namespace is no attribute of ours.</summary>
    private readonly Member? FindAttribute(Shape shape)
    {
        if (xml.Prefix is "xmlns" || xml.Name is "xmlns")
        {
            return null;
        }

        foreach (var member in shape.MemberArray)
        {
            var name = member.WireName.AsSpan();
            if (member.XmlAttribute && name[(name.IndexOf(':') + 1)..].SequenceEqual(xml.LocalName))
            {
                return member;
            }
        }

        return null;
    }

    private readonly void CheckDepth()
    {
        if (xml.Depth >= WireLimits.MaxDepth)
        {
            throw new WireFormatException($"The body nests deeper than {WireLimits.MaxDepth} levels.");
        }
    }
}
