using System.Globalization;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Protocols.RoundTrips;

/// <summary>
/// Values that fit a shape and that its place on the wire can carry: no empty lists and structures (a form and a query have none), printable
/// ASCII in headers. The same seed gives the same values.
/// </summary>
internal sealed class ValueGenerator(int seed, bool isRequest)
{
    private const int MaxDepth = 5;

    private static readonly string[] Texts =
        ["a", "<b>&amp;\"'</b>", " spaced  out ", "é😀", "line\r\nbreak\ttab", "true", "0", "a,b=c&d+e%20/f", "\u0001", "]]>", "x.1.y"];

    private static readonly string[] HeaderTexts = ["a", "two words", "a,b", "\"quoted\"", "back\\slash", "1", "x=y; z"];

    private readonly Random _random = new(seed);

    /// <summary>An input or output; null when the operation has none.</summary>
    public JsonObject? Root(Shape? shape)
    {
        if (shape is null)
        {
            return null;
        }

        var root = new JsonObject();
        foreach (var member in shape.Members)
        {
            var isPayload = member.Name == shape.Payload;
            var always = isPayload || shape.Required.Contains(member.Name) || member.IdempotencyToken || member.HostLabel
                || member.Location is MemberLocation.Headers or MemberLocation.StatusCode;
            if ((always || _random.Next(5) > 0) && AtPlace(member, isPayload) is { } value)
            {
                root[member.Name] = value;
            }
        }

        return root;
    }

    private JsonNode? AtPlace(Member member, bool isPayload) => member.Location switch
    {
        _ when member.HostLabel => "label-1",
        MemberLocation.StatusCode => 203,
        MemberLocation.Header when member.JsonValue => """{"a":[1,"é"]}""",
        MemberLocation.Header when member.Shape.Kind == ShapeKind.List => new JsonArray([.. Several(1, () => InHeader(member.Shape.Element!))]),
        MemberLocation.Header => InHeader(member),
        MemberLocation.Headers => new JsonObject { ["ab"] = Pick(HeaderTexts), ["c-d"] = "x" },
        MemberLocation.QueryString when member.Shape.Kind == ShapeKind.Map => new JsonObject { ["q k"] = Of(member.Shape.Value!, 1), ["ü"] = Of(member.Shape.Value!, 1) },
        _ when isPayload && member.Shape.Kind == ShapeKind.String => "text é",
        // restJson1 sends an empty one where it was left out.
        _ when isPayload && member.Shape is { Kind: ShapeKind.Structure, Union: false } => Of(member, 1) ?? new JsonObject(),
        _ => Of(member, 1),
    };

    private JsonNode InHeader(Member member) => member.Shape.Kind switch
    {
        ShapeKind.String when member.Shape.Enum.Count == 0 => Pick(HeaderTexts),
        ShapeKind.Timestamp => Time(fraction: false),
        _ => Of(member, MaxDepth)!,
    };

    private JsonNode? Of(Member member, int depth)
    {
        var shape = member.Shape;
        return shape.Kind switch
        {
            ShapeKind.Structure => Structure(shape, depth),
            ShapeKind.List => List(shape, depth),
            ShapeKind.Map => Map(shape, depth),
            ShapeKind.String => Pick(shape.Enum.Count > 0 ? [.. shape.Enum.Where(IsKnown)] : Texts),
            ShapeKind.Blob => Convert.ToBase64String(Bytes()),
            ShapeKind.Boolean => _random.Next(2) == 0,
            ShapeKind.Integer => _random.Next(-100, 100_000),
            ShapeKind.Long => Pick([0, -1, 255, 65536, long.MaxValue, long.MinValue]),
            ShapeKind.Float or ShapeKind.Double => Pick<JsonNode>([1.5, -0.25, 7.625, 3, "NaN", "Infinity", "-Infinity"]).DeepClone(),
            ShapeKind.BigInteger => JsonNode.Parse("123456789012345678901234567890"),
            ShapeKind.BigDecimal => JsonNode.Parse("12345678901234567890.125"),
            ShapeKind.Timestamp => Time(fraction: member.Location == MemberLocation.Body && !IsHttpDate(member)),
            _ => new JsonObject { ["any"] = new JsonArray(1, "b", new JsonObject()) },
        };
    }

    private JsonObject? Structure(Shape shape, int depth)
    {
        var value = new JsonObject();
        var members = shape.Union ? shape.Members.OrderBy(_ => _random.Next()) : shape.Members.AsEnumerable();
        foreach (var member in members)
        {
            var always = member.IdempotencyToken || (isRequest && shape.Required.Contains(member.Name));
            var tooDeep = depth >= MaxDepth && member.Shape.Kind is ShapeKind.Structure or ShapeKind.List or ShapeKind.Map;
            // What is required has to be there even in the deepest structure.
            if ((always || shape.Union || (!tooDeep && _random.Next(5) > 0)) && depth < MaxDepth * (always || shape.Union ? 5 : 4) && Of(member, depth + 1) is { } given)
            {
                value[member.Name] = given;
            }

            if (shape.Union && value.Count == 1)
            {
                break;
            }
        }

        // Nothing was chosen, and a required structure has to be something.
        foreach (var member in shape.Members.OrderBy(member => member.Shape.Kind is ShapeKind.Structure or ShapeKind.List or ShapeKind.Map))
        {
            if (value.Count == 0 && depth < MaxDepth * (member.Shape.IsScalar ? 5 : 4) && Of(member, depth + 1) is { } given)
            {
                value[member.Name] = given;
            }
        }

        // A structure that never has members is one all the same.
        return value.Count == 0 && shape.Members.Count > 0 ? null : value;
    }

    private JsonArray? List(Shape list, int depth)
    {
        var elements = Several(depth, () => Of(list.Element!, depth + 1)).Where(element => element is not null).ToArray();
        return elements.Length == 0 ? null : new JsonArray(elements);
    }

    private JsonObject? Map(Shape map, int depth)
    {
        var value = new JsonObject();
        foreach (var key in new[] { "k1", "k <2>.é" })
        {
            if (Of(map.Value!, depth + 1) is { } given)
            {
                value[key] = given;
            }
        }

        return value.Count == 0 ? null : value;
    }

    private JsonNode?[] Several(int depth, Func<JsonNode?> make) =>
        Enumerable.Range(0, depth < MaxDepth ? _random.Next(1, 4) : 1).Select(_ => make()).ToArray();

    // The one family of checksums that is not computed here.
    private static bool IsKnown(string choice) => !choice.StartsWith("XXHASH", StringComparison.Ordinal);

    private string Time(bool fraction)
    {
        var format = fraction && _random.Next(2) == 0 ? "yyyy-MM-dd'T'HH:mm:ss'.25Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'";
        return DateTime.UnixEpoch.AddSeconds(_random.Next()).ToString(format, CultureInfo.InvariantCulture);
    }

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(1, 9)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static bool IsHttpDate(Member member) =>
        member.TimestampFormat == TimestampFormat.HttpDate || member.Shape.TimestampFormat == TimestampFormat.HttpDate;

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
