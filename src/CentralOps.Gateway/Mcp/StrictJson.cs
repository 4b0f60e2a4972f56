using System.Text.Json;
using System.Text.Unicode;

namespace CentralOps.Gateway.Mcp;

/// <summary>Why bytes are not taken as a message.</summary>
internal enum JsonProblem
{
    None,
    NotUtf8,
    NotJson,
    TooDeep,
    DuplicateMember,
    TooManyMembers,
    LoneSurrogate,
}

/// <summary>
/// Judges bytes before anything acts on them. Beside being JSON they have to mean the same to every reader: no member twice in one object
/// (readers differ in which they take, and one that checks must not take the other), no half of a surrogate pair, bounded depth and width.
/// </summary>
internal static class StrictJson
{
    public const int MaxDepth = 64;

    /// <summary>Members of one object. It bounds what finding duplicates costs.</summary>
    public const int MaxMembers = 1024;

    /// <param name="at">Offset of the problem in bytes.</param>
    public static JsonProblem Check(ReadOnlySpan<byte> json, out long at)
    {
        at = 0;
        if (!Utf8.IsValid(json))
        {
            return JsonProblem.NotUtf8;
        }

        // One level more than is allowed, so that "too deep" is told apart from "not JSON".
        scoped var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        var escapesUnicode = json.IndexOf("\\u"u8) >= 0;
        var names = new MemberNames(stackalloc MemberNames.Member[64]);
        try
        {
            while (reader.Read())
            {
                var problem = Token(ref reader, ref names, json, escapesUnicode);
                if (problem != JsonProblem.None)
                {
                    at = reader.TokenStartIndex;
                    return problem;
                }
            }

            return JsonProblem.None;
        }
        catch (JsonException)
        {
            at = reader.BytesConsumed;
            return JsonProblem.NotJson;
        }
        finally
        {
            names.Dispose();
        }
    }

    private static JsonProblem Token(scoped ref Utf8JsonReader reader, scoped ref MemberNames names, ReadOnlySpan<byte> json, bool escapesUnicode)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                names.Open();
                return reader.CurrentDepth >= MaxDepth ? JsonProblem.TooDeep : JsonProblem.None;
            case JsonTokenType.StartArray:
                return reader.CurrentDepth >= MaxDepth ? JsonProblem.TooDeep : JsonProblem.None;
            case JsonTokenType.EndObject:
                names.Close();
                return JsonProblem.None;
            case JsonTokenType.PropertyName when escapesUnicode && reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan):
            case JsonTokenType.String when escapesUnicode && reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan):
                return JsonProblem.LoneSurrogate;
            case JsonTokenType.PropertyName:
                return names.Add(ref reader, json);
            default:
                return JsonProblem.None;
        }
    }

    /// <param name="escaped">A string as it stands in JSON that a reader has found well-formed.</param>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        var low = false;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                if (low)
                {
                    return true;
                }

                continue;
            }

            // The reader has seen to it that every escape is whole.
            var unit = escaped[++i] == 'u' ? Hex(escaped.Slice(i + 1, 4)) : '\0';
            i += escaped[i] == 'u' ? 4 : 0;
            if (low != char.IsLowSurrogate(unit))
            {
                return true;
            }

            low = char.IsHighSurrogate(unit);
        }

        return low;
    }

    private static char Hex(ReadOnlySpan<byte> digits)
    {
        Span<byte> unit = stackalloc byte[2];
        Convert.FromHexString(digits, unit, out _, out _);
        return (char)((unit[0] << 8) | unit[1]);
    }
}
