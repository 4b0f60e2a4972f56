namespace CentralOps.Ledger.Records;

/// <summary>
/// Text that somebody else chose, as records can hold it: bounded, and whole characters only. Half a surrogate pair has no UTF-8 form: the writer of JSON throws on
/// it, and one caller's name would keep the records of all who came at the same moment from being written.
/// </summary>
internal static class RecordText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text, int max)
    {
        var whole = text.Length <= max ? text : string.Concat(text.AsSpan(0, max - 1), "…");
        return whole.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? whole : Mended(whole);
    }

    private static string Mended(string text) => string.Create(text.Length, text, static (mended, given) =>
    {
        given.CopyTo(mended);
        for (var at = 0; at < mended.Length; at++)
        {
            if (char.IsHighSurrogate(mended[at]) && at + 1 < mended.Length && char.IsLowSurrogate(mended[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(mended[at]))
            {
                mended[at] = Replacement;
            }
        }
    });
}
