using System.Text;

namespace CentralOps.Gateway.Storage;

/// <summary>What a document may be. Keys are bounded in UTF-8 bytes, because that is what a database's index holds (PostgreSQL: 2,704 bytes a row).</summary>
public static class StoreLimits
{
    public const int KindBytes = 64;

    /// <summary>For each of id, parent and name; an ARN of AgentCore's has 1,011 characters at most.</summary>
    public const int KeyBytes = 1_024;

    public const int BodyBytes = 16 * 1_024 * 1_024;

    /// <summary>Bodies on one page of a listing; a single larger one is still a page.</summary>
    public const int PageBytes = 32 * 1_024 * 1_024;

    /// <summary>Documents on one page of a listing.</summary>
    public const int PageDocuments = 1_000;

    /// <summary>Changes in one write.</summary>
    public const int Writes = 1_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static void Check(IReadOnlyList<StoreWrite> writes)
    {
        if (writes.Count > Writes)
        {
            throw new ArgumentException($"One write has {writes.Count} changes; at most {Writes} are made as one: split it.", nameof(writes));
        }

        foreach (var write in writes)
        {
            Check(write);
        }
    }

    internal static void CheckLease(string name, string owner, TimeSpan duration)
    {
        CheckKey("lease", name, KeyBytes, mayBeEmpty: false);
        CheckKey("owner", owner, KeyBytes, mayBeEmpty: false);
        if (duration <= TimeSpan.Zero || duration > TimeSpan.FromDays(1))
        {
            throw new ArgumentException($"A lease lasts longer than nothing and at most a day, not {duration}.", nameof(duration));
        }
    }

    /// <summary>Whether a document could have this key at all: what no write takes is found nowhere, without asking the database.</summary>
    internal static bool IsKey(string text, int mostBytes = KeyBytes) => Fault(text, mostBytes) is null;

    private static void Check(StoreWrite write)
    {
        CheckKey("kind", write.Kind, KindBytes, mayBeEmpty: false);
        switch (write)
        {
            case StoreWrite.Insert insert:
                CheckKey("id", insert.Id, KeyBytes, mayBeEmpty: false);
                CheckKey("parent", insert.Parent, KeyBytes, mayBeEmpty: true);
                CheckKey("name", insert.Name ?? "", KeyBytes, mayBeEmpty: insert.Name is null);
                CheckBody(insert.Body);
                break;
            case StoreWrite.Update update:
                CheckKey("id", update.Id, KeyBytes, mayBeEmpty: false);
                CheckKey("name", update.Rename ?? "", KeyBytes, mayBeEmpty: update.Rename is null);
                CheckBody(update.Body);
                break;
            case StoreWrite.AtMost most:
                CheckKey("parent", most.Parent ?? "", KeyBytes, mayBeEmpty: true);
                break;
            default:
                CheckKey("id", write.Id, KeyBytes, mayBeEmpty: false);
                break;
        }
    }

    private static void CheckKey(string field, string text, int mostBytes, bool mayBeEmpty)
    {
        var fault = text.Length == 0 && !mayBeEmpty ? "is empty: give it at least one character" : Fault(text, mostBytes);
        if (fault is not null)
        {
            throw new ArgumentException($"A document's {field} {fault}.", nameof(text));
        }
    }

    private static string? Fault(string text, int mostBytes)
    {
        // A UTF-16 unit is at least one byte: what is far too long is not even counted.
        if (text.Length > mostBytes)
        {
            return $"has {text.Length} characters; at most {mostBytes} bytes of UTF-8 are kept: shorten it";
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "holds the character U+0000, which no database keeps: take it out";
        }

        try
        {
            return Strict.GetByteCount(text) is var bytes && bytes > mostBytes ? $"has {bytes} bytes of UTF-8; at most {mostBytes} are kept: shorten it" : null;
        }
        catch (EncoderFallbackException)
        {
            return "holds half of a surrogate pair, which is no character: take it out";
        }
    }

    private static void CheckBody(ReadOnlyMemory<byte> body)
    {
        if (body.Length > BodyBytes)
        {
            throw new ArgumentException($"A document's body has {body.Length} bytes; at most {BodyBytes} are kept: split it over several documents.", nameof(body));
        }
    }
}
