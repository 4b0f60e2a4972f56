using System.Buffers;
using System.Text.Json;

namespace CentralOps.Proxy.Serving;

/// <summary>Puts what the proxy was started with into a request's <c>_meta</c>.</summary>
internal static class RequestMeta
{
    /// <param name="parameters">The client's params, an object.</param>
    /// <param name="meta">What is put there, an object; empty for nothing. What the client says itself stays.</param>
    /// <returns>The params; the very bytes where there is nothing to put.</returns>
    public static ReadOnlyMemory<byte> Merge(ReadOnlyMemory<byte> parameters, ReadOnlyMemory<byte> meta)
    {
        if (meta.IsEmpty)
        {
            return parameters;
        }

        using var said = JsonDocument.Parse(parameters);
        using var added = JsonDocument.Parse(meta);
        var bytes = new ArrayBufferWriter<byte>(parameters.Length + meta.Length);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        foreach (var member in said.RootElement.EnumerateObject().Where(static member => !member.NameEquals("_meta")))
        {
            Write(json, member);
        }

        var own = said.RootElement.TryGetProperty("_meta", out var theirs) && theirs.ValueKind == JsonValueKind.Object ? theirs : default;
        json.WriteStartObject("_meta"u8);
        foreach (var member in own.ValueKind == JsonValueKind.Object ? own.EnumerateObject() : default)
        {
            Write(json, member);
        }

        foreach (var member in added.RootElement.EnumerateObject().Where(member => own.ValueKind != JsonValueKind.Object || !own.TryGetProperty(member.Name, out _)))
        {
            Write(json, member);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, JsonProperty member)
    {
        json.WritePropertyName(member.Name);
        json.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
    }
}
