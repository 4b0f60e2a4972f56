using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>The members of a result, each as the bytes it came as, name included; those that the eras differ in are singled out.</summary>
internal sealed class ResultMembers
{
    private readonly List<(ResultMember Known, ReadOnlyMemory<byte> Member)> _members = new(8);

    public JsonToken ResultType { get; private set; }

    public JsonToken StructuredContent { get; private set; }

    public JsonToken Content { get; private set; }

    public bool HasCaching { get; private set; }

    /// <returns>Null where a member is there twice: readers differ in which they take. Or where there are more than any reader should look through.</returns>
    public static ResultMembers? Read(ReadOnlyMemory<byte> result)
    {
        var found = new ResultMembers();
        var names = new MemberNames(stackalloc MemberNames.Member[16]);
        try
        {
            return found.TryRead(result, ref names) ? found : null;
        }
        finally
        {
            names.Dispose();
        }
    }

    /// <summary>The result without some members and with others.</summary>
    /// <param name="dropped">What is left out.</param>
    /// <param name="more">Members in JSON, without a comma around them; empty where nothing is added.</param>
    public byte[] Write(ResultMember dropped, ReadOnlySpan<byte> more)
    {
        var bytes = new PooledBuffer();
        bytes.Write("{"u8);
        foreach (var (known, member) in _members)
        {
            if ((known & dropped) != ResultMember.None)
            {
                continue;
            }

            bytes.Write(bytes.Length > 1 ? ","u8 : default);
            bytes.Write(member.Span);
        }

        bytes.Write(more.Length > 0 && bytes.Length > 1 ? ","u8 : default);
        bytes.Write(more);
        bytes.Write("}"u8);
        var written = bytes.Span.ToArray();
        bytes.Release();
        return written;
    }

    private bool TryRead(ReadOnlyMemory<byte> result, scoped ref MemberNames names)
    {
        var reader = new Utf8JsonReader(result.Span, new JsonReaderOptions { MaxDepth = RpcMessage.MaxDepth });
        reader.Read();
        names.Open();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if ((reader.ValueIsEscaped && StrictJson.HasLoneSurrogate(reader.ValueSpan)) || names.Add(ref reader, result.Span) != JsonProblem.None)
            {
                return false;
            }

            var (from, known) = ((int)reader.TokenStartIndex, Recognize(ref reader));
            reader.Read();
            var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            Add(known, result[from..(int)reader.BytesConsumed], new(kind, result[start..(int)reader.BytesConsumed]));
        }

        return true;
    }

    private static ResultMember Recognize(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("content"u8) ? ResultMember.Content
        : reader.ValueTextEquals("structuredContent"u8) ? ResultMember.StructuredContent
        : reader.ValueTextEquals("resultType"u8) ? ResultMember.ResultType
        : reader.ValueTextEquals("ttlMs"u8) || reader.ValueTextEquals("cacheScope"u8) ? ResultMember.Caching
        : ResultMember.None;

    private void Add(ResultMember known, ReadOnlyMemory<byte> member, JsonToken value)
    {
        switch (known)
        {
            case ResultMember.ResultType: ResultType = value; break;
            case ResultMember.StructuredContent: StructuredContent = value; break;
            case ResultMember.Content: Content = value; break;
            case ResultMember.Caching: HasCaching = true; break;
            default: break;
        }

        _members.Add((known, member));
    }
}

/// <summary>The members of a result that the eras differ in.</summary>
[Flags]
internal enum ResultMember
{
    None = 0,
    ResultType = 1,
    StructuredContent = 2,
    Content = 4,

    /// <summary>How long, and for whom, a result may be kept.</summary>
    Caching = 8,
}
