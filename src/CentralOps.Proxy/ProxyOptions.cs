using System.Buffers;
using System.Text.Json;

namespace CentralOps.Proxy;

/// <summary>What the proxy does with what passes through it.</summary>
public sealed record ProxyOptions
{
    /// <summary>Leaves out tools that do not say of themselves that they only read.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Goes into the <c>_meta</c> of every request, beside what the client has there; what both name is the client's.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get;
        init => (field, MetaJson) = (value, Write(value));
    } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How the proxy calls itself to its clients.</summary>
    public string Version { get; init; } = "0";

    /// <summary>The metadata as an object; empty where there is none.</summary>
    internal ReadOnlyMemory<byte> MetaJson { get; private init; }

    private static ReadOnlyMemory<byte> Write(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return default;
        }

        var bytes = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        foreach (var (name, value) in metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
