using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control;

/// <summary>A request's idempotency token, and a fingerprint of all else that the request says.</summary>
/// <param name="Id">The operation and what it is about belong to it: one token may stand for a gateway and for its target.</param>
internal sealed record ClientToken(string Id, string Text, string Fingerprint)
{
    private const string Member = "clientToken";

    public static ClientToken? Of(string operation, JsonObject input)
    {
        if ((string?)input[Member] is not { } token)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(input, writer, isInput: true);
        }

        var id = $"{operation}/{(string?)input["gatewayIdentifier"]}/{token}";
        return new(id, token, Convert.ToHexString(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))));
    }

    /// <summary>In order of names: a client that writes its members in another order asks for the same.</summary>
    private static void Write(JsonNode? node, Utf8JsonWriter writer, bool isInput)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(static member => member.Key, StringComparer.Ordinal))
                {
                    if (!isInput || !string.Equals(name, Member, StringComparison.Ordinal))
                    {
                        writer.WritePropertyName(name);
                        Write(value, writer, isInput: false);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonArray elements:
                writer.WriteStartArray();
                foreach (var element in elements)
                {
                    Write(element, writer, isInput: false);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
