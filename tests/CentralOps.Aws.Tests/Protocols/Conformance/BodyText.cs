using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>Bodies as texts that are equal where the bodies mean the same. Shares nothing with the code under test.</summary>
internal static class BodyText
{
    /// <summary>Members in any order, elements of lists in theirs. White space between elements, and who declares a default namespace, mean nothing.</summary>
    /// <param name="withRootName">False: the root may have any name.</param>
    public static string OfXml(string body, bool withRootName = true)
    {
        var root = XDocument.Parse(body.Trim(), LoadOptions.PreserveWhitespace).Root!;
        return OfElement(root, withRootName ? root.Name.ToString() : "{" + root.Name.NamespaceName + "}*");
    }

    public static string OfCbor(ReadOnlySpan<byte> body)
    {
        var rest = body;
        var text = OfItem(ref rest);
        rest.Length.ShouldBe(0);
        return text;
    }

    private static string OfElement(XElement element, string name)
    {
        var attributes = element.Attributes()
            .Where(attribute => attribute.Name != "xmlns")
            .Select(attribute => $" {attribute.Name}='{attribute.Value}'").Order(StringComparer.Ordinal);
        var content = element.HasElements
            ? string.Concat(element.Elements().OrderBy(child => child.Name.ToString(), StringComparer.Ordinal).Select(child => OfElement(child, child.Name.ToString())))
            : element.Value;
        return $"<{name}{string.Concat(attributes)}>{content}</>";
    }

    private static string OfItem(ref ReadOnlySpan<byte> rest)
    {
        var first = rest[0];
        var (type, info) = (first >> 5, first & 31);
        rest = rest[1..];
        var size = info switch { < 24 or 31 => 0, 24 => 1, 25 => 2, 26 => 4, 27 => 8, _ => throw new FormatException("reserved") };
        Span<byte> wide = stackalloc byte[8];
        rest[..size].CopyTo(wide[(8 - size)..]);
        var argument = size == 0 ? (ulong)info : BinaryPrimitives.ReadUInt64BigEndian(wide);
        rest = rest[size..];
        switch (type)
        {
            case 0:
                return argument.ToString(CultureInfo.InvariantCulture);
            case 1:
                return "-1-" + argument.ToString(CultureInfo.InvariantCulture);
            case 2 or 3 when info == 31:
                return Chunks(ref rest, type);
            case 2 or 3:
                var bytes = rest[..(int)argument];
                rest = rest[(int)argument..];
                return type == 2 ? "h'" + Convert.ToHexString(bytes) + "'" : "\"" + Encoding.UTF8.GetString(bytes) + "\"";
            case 4 or 5:
                var items = new List<string>();
                for (var left = info == 31 ? ulong.MaxValue : argument; left > 0 && !(info == 31 && rest[0] == 0xFF); left--)
                {
                    items.Add(OfItem(ref rest) + (type == 5 ? ":" + OfItem(ref rest) : ""));
                }

                rest = info == 31 ? rest[1..] : rest;
                return type == 4 ? $"[{string.Join(',', items)}]" : $"{{{string.Join(',', items.Order(StringComparer.Ordinal))}}}";
            case 6:
                return $"{argument}({OfItem(ref rest)})";
            default:
                return info switch
                {
                    25 => "half " + BitConverter.UInt16BitsToHalf((ushort)argument).ToString(CultureInfo.InvariantCulture),
                    26 => "single " + BitConverter.UInt32BitsToSingle((uint)argument).ToString(CultureInfo.InvariantCulture),
                    27 => "double " + BitConverter.UInt64BitsToDouble(argument).ToString(CultureInfo.InvariantCulture),
                    _ => "simple " + argument.ToString(CultureInfo.InvariantCulture),
                };
        }
    }

    private static string Chunks(ref ReadOnlySpan<byte> rest, int type)
    {
        var text = "";
        while (rest[0] != 0xFF)
        {
            (rest[0] >> 5).ShouldBe(type);
            var chunk = OfItem(ref rest);
            text += type == 2 ? chunk[2..^1] : chunk[1..^1];
        }

        rest = rest[1..];
        return type == 2 ? "h'" + text + "'" : "\"" + text + "\"";
    }
}
