using System.Buffers.Text;
using System.Text;

namespace CentralOps.Gateway.Catalog;

/// <summary>
/// A cursor into a target that lists live: whose list it is, and the cursor of the target's own. It grants nothing: the target has to be
/// one that the caller sees, and its own part is judged by the target.
/// </summary>
internal readonly record struct LiveCursor(string TargetId, string? Upstream)
{
    public const int MaxBytes = 4096;

    private const string Mark = "live.";

    public string Encode() => Mark + TargetId + (Upstream is null ? "" : "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Upstream)));

    public static bool TryParse(string text, out LiveCursor cursor)
    {
        cursor = default;
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
        {
            return false;
        }

        switch (text[Mark.Length..].Split('.'))
        {
            case [{ Length: > 0 } target]:
                cursor = new(target, null);
                return true;
            case [{ Length: > 0 } target, var upstream] when Base64Url.IsValid(upstream):
                cursor = new(target, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(upstream)));
                return true;
            default:
                return false;
        }
    }
}
