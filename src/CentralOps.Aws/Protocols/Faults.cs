using System.Globalization;
using System.Text.Json;
using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols;

/// <summary>Turns what the parsers throw into the two exceptions of this room; their own messages would show our types.</summary>
internal static class Faults
{
    /// <summary>The parsers' own exceptions: bytes that are no JSON, no UTF-8 or no XML.</summary>
    public static bool IsParsing(Exception exception) => exception is JsonException or XmlException or InvalidOperationException;

    public static WireFormatException Wire(string what, OperationModel operation, Exception exception) =>
        new($"The {what} of {operation} is not what its protocol says{Place(exception)}.", exception);

    public static InputException Input(OperationModel operation, Exception exception) =>
        new($"The JSON for {operation} cannot be read{Place(exception)}.", exception);

    private static string Place(Exception exception) => exception switch
    {
        JsonException { LineNumber: { } line, BytePositionInLine: { } position } =>
            string.Create(CultureInfo.InvariantCulture, $": line {line + 1}, byte {position} is not valid JSON, or nests deeper than {WireLimits.MaxDepth} levels"),
        XmlException { LineNumber: > 0 } xml =>
            string.Create(CultureInfo.InvariantCulture, $": line {xml.LineNumber}, position {xml.LinePosition} is not valid XML"),
        InvalidOperationException => ": a text in it is not valid UTF-8",
        _ => "",
    };
}
