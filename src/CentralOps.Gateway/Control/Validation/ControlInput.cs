using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Gateway.Control.Validation;

/// <summary>Makes of a request an operation's input: members from path and query by the protocol, the body as it was sent, unknown members too.</summary>
internal static class ControlInput
{
    private static readonly WireProtocol Protocol = WireProtocols.For(ProtocolKind.RestJson1);
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = ControlLimits.MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = ControlLimits.MaxDepth };

    public static JsonObject? Read(OperationModel operation, WireRequest request, bool httpLoopback, out ControlError? error)
    {
        try
        {
            error = null;
            if (!Utf8.IsValid(request.Body.Span))
            {
                error = ControlError.CannotParse("The request's body is not UTF-8.");
                return null;
            }

            using var input = Merge(operation, request);
            var problems = InputCheck.Run(operation.Input!, input.RootElement, httpLoopback);
            if (problems.Count > 0)
            {
                error = ControlError.Invalid(problems);
                return null;
            }

            return WithoutNulls(operation.Input!, JsonObject.Create(input.RootElement.Clone())!);
        }
        catch (WireFormatException)
        {
            error = ControlError.CannotParse("A parameter in the request's path or query is not of its type.");
        }
        catch (JsonException broken)
        {
            // Its words hold names of our types; where it broke is all that its sender needs.
            error = ControlError.CannotParse(
                broken.LineNumber is { } line
                    ? $"The request's body is not a JSON object of valid text, is nested more than {ControlLimits.MaxDepth} deep, or names a member twice: line {line + 1}, byte {broken.BytePositionInLine}."
                    : "The request's body is not a JSON object of valid text, or names a member twice.");
        }

        return null;
    }

    private static JsonDocument Merge(OperationModel operation, WireRequest request)
    {
        var outside = new WireRequest { Method = request.Method, Path = request.Path, Query = request.Query };
        using var located = JsonDocument.Parse(Protocol.ReadRequest(operation, outside).Json);
        var bytes = new ArrayBufferWriter<byte>(request.Body.Length + 256);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var member in located.RootElement.EnumerateObject())
            {
                member.WriteTo(writer);
            }

            WriteBody(operation.Input!, request.Body, writer);
            writer.WriteEndObject();
        }

        CheckText(bytes.WrittenSpan);
        return JsonDocument.Parse(bytes.WrittenMemory, Strict);
    }

    private static void WriteBody(Shape input, ReadOnlyMemory<byte> body, Utf8JsonWriter writer)
    {
        if (body.IsEmpty || !HasBody(input))
        {
            return;
        }

        CheckText(body.Span);
        using var sent = JsonDocument.Parse(body, Strict);
        if (sent.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("not an object", path: null, lineNumber: 0, bytePositionInLine: 0);
        }

        foreach (var member in sent.RootElement.EnumerateObject())
        {
            // What stands in path or query is said there.
            if (input.FindMember(member.Name) is null or { Location: MemberLocation.Body })
            {
                member.WriteTo(writer);
            }
        }
    }

    private static bool HasBody(Shape input) => input.Members.Any(static member => member.Location == MemberLocation.Body);

    /// <summary>No string may hold half of a surrogate pair, which is no text, or U+0000, which no database keeps.</summary>
    private static void CheckText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Deep);
        while (reader.Read())
        {
            if (reader.TokenType is (JsonTokenType.String or JsonTokenType.PropertyName) && reader.ValueIsEscaped && !IsText(ref reader))
            {
                throw new JsonException("not text", path: null, lineNumber: 0, bytePositionInLine: reader.TokenStartIndex);
            }
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return !reader.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A member that is null is one that was not given.</summary>
    private static JsonObject WithoutNulls(Shape shape, JsonObject input)
    {
        foreach (var member in shape.Members)
        {
            if (!input.TryGetPropertyValue(member.Name, out var value))
            {
                continue;
            }

            if (value is null)
            {
                input.Remove(member.Name);
            }
            else if (member.Shape.Kind == ShapeKind.Structure && value is JsonObject inner)
            {
                WithoutNulls(member.Shape, inner);
            }
            else if (member.Shape.Kind == ShapeKind.List && value is JsonArray list && member.Shape.Element!.Shape.Kind == ShapeKind.Structure)
            {
                foreach (var element in list)
                {
                    WithoutNulls(member.Shape.Element.Shape, element!.AsObject());
                }
            }
        }

        return input;
    }
}
