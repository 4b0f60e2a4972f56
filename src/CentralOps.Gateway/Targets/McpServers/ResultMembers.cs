using System.Text.Json;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>The members of a result, each as the bytes it came as, name included; those that the eras differ in are singled out.</summary>
internal sealed class ResultMembers
{
    private readonly List<(string? Known, ReadOnlyMemory<byte> Member)> _members = [];

    public JsonToken ResultType { get; private set; }

    public JsonToken StructuredContent { get; private set; }

    public JsonToken Content { get; private set; }

    public bool HasCaching { get; private set; }

    /// <returns>Null where a member is there twice: readers differ in which they take.</returns>
    public static ResultMembers? Read(ReadOnlyMemory<byte> result)
    {
        var found = new ResultMembers();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(result.Span, new JsonReaderOptions { MaxDepth = RpcMessage.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var from = (int)reader.TokenStartIndex;
            var name = Name(ref reader);
            if (name is null || !names.Add(name))
            {
                return null;
            }

            reader.Read();
            var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            found.Add(name, result[from..(int)reader.BytesConsumed], new(kind, result[start..(int)reader.BytesConsumed]));
        }

        return found;
    }

    /// <summary>The result without some members and with others.</summary>
    /// <param name="more">Members in JSON, without a comma around them; empty where nothing is added.</param>
    public byte[] Write(Func<string, bool> drop, string more)
    {
        var bytes = new PooledBuffer();
        try
        {
            Append(bytes, "{"u8);
            foreach (var (known, member) in _members)
            {
                if (known is not null && drop(known))
                {
                    continue;
                }

                Append(bytes, bytes.Length > 1 ? ","u8 : default);
                Append(bytes, member.Span);
            }

            Append(bytes, more.Length > 0 && bytes.Length > 1 ? ","u8 : default);
            Append(bytes, System.Text.Encoding.UTF8.GetBytes(more));
            Append(bytes, "}"u8);
            return bytes.Span.ToArray();
        }
        finally
        {
            bytes.Clear();
        }
    }

    private void Add(string name, ReadOnlyMemory<byte> member, JsonToken value)
    {
        switch (name)
        {
            case "resultType": ResultType = value; break;
            case "structuredContent": StructuredContent = value; break;
            case "content": Content = value; break;
            case "ttlMs" or "cacheScope": HasCaching = true; break;
            default: break;
        }

        _members.Add((name is "resultType" or "structuredContent" or "content" or "ttlMs" or "cacheScope" ? name : null, member));
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Append(PooledBuffer bytes, ReadOnlySpan<byte> text) => System.Buffers.BuffersExtensions.Write(bytes, text);
}
