using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CentralOps.Tools.Tests.Live;

/// <summary>
/// Reads everything that anybody is shown, and tells where something is that nobody may see: seeded secrets, keys, tokens, and
/// characters that act instead of being read.
/// </summary>
internal sealed partial class LeakScan
{
    /// <summary>What every secret of the seeded estate begins with.</summary>
    public const string SecretMark = "s3cr3t-";

    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _leaks = new();
    private long _read;

    public IReadOnlyCollection<string> Leaks => _leaks;

    /// <summary>Characters that were read.</summary>
    public long Read => Interlocked.Read(ref _read);

    public int Secrets => _secrets.Count;

    public void Note(string what, string? secret)
    {
        if (secret is { Length: >= 8 })
        {
            _secrets[secret] = what;
        }
    }

    public void Keep(string? secretAccessKey, string? sessionToken)
    {
        Note("a secret access key", secretAccessKey);
        Note("a session token", sessionToken);
    }

    /// <summary>Text as a person or a model gets it; of JSON every name and string as it reads when it was parsed.</summary>
    public void Look(string where, string text, bool withCharacters = true)
    {
        Interlocked.Add(ref _read, text.Length);
        Find(where, text, withCharacters);
        if (text.StartsWith('{'))
        {
            using var json = JsonDocument.Parse(text);
            Walk(where, json.RootElement, withCharacters);
        }
    }

    /// <summary>Secrets last: they are not all known before everything was asked.</summary>
    public void LookForKeys(IEnumerable<(string Where, string Text)> texts)
    {
        foreach (var (where, text) in texts)
        {
            foreach (var (secret, what) in _secrets)
            {
                if (text.Contains(secret, StringComparison.Ordinal) || text.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal))
                {
                    _leaks.Enqueue($"{where}: {what}");
                }
            }
        }
    }

    private void Walk(string where, JsonElement value, bool withCharacters)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Find(where, member.Name, withCharacters);
                    Walk($"{where}.{member.Name}", member.Value, withCharacters);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Walk(where, item, withCharacters);
                }

                break;
            case JsonValueKind.String:
                Find(where, value.GetString()!, withCharacters);
                break;
            default:
                break;
        }
    }

    private void Find(string where, string text, bool withCharacters)
    {
        if (text.Contains(SecretMark, StringComparison.OrdinalIgnoreCase))
        {
            _leaks.Enqueue($"{where}: a seeded secret");
        }

        if (Token().IsMatch(text))
        {
            _leaks.Enqueue($"{where}: a session token");
        }

        if (withCharacters && text.EnumerateRunes().FirstOrDefault(Acts) is { Value: not 0 } rune)
        {
            _leaks.Enqueue($"{where}: U+{rune.Value:X4}");
        }
    }

    /// <summary>Judged by Unicode's categories, not by the product's own list: controls, bidirectional marks, separators of lines.</summary>
    private static bool Acts(Rune rune) => rune.Value is not ('\t' or '\n')
        && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is 0x061C or 0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF);

    // As AWS's session tokens begin, and presigned code locations end.
    [GeneratedRegex("IQoJb3JpZ2lu|X-Amz-(Signature|Security-Token)=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
