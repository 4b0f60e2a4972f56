namespace CentralOps.Agent.Questions;

/// <summary>A word of a question, as typed and as it is compared.</summary>
/// <param name="Text">Without what surrounds it: commas, brackets, quotation marks.</param>
/// <param name="IsQuoted">It stood in quotation marks, and may hold spaces.</param>
/// <param name="EndsClause">A comma, a full stop or the like stood behind it.</param>
internal sealed record Word(string Text, bool IsQuoted, bool EndsClause)
{
    public string Lower { get; } = Text.ToLowerInvariant();

    /// <summary>In lower case and in the singular.</summary>
    public string Plain { get; } = Singular(Text.ToLowerInvariant());

    public bool IsNumber => Text.Length is > 0 and <= 9 && Text.All(char.IsAsciiDigit);

    /// <summary>As good as comparing needs it: both sides go through it.</summary>
    public static string Singular(string lower) => lower switch
    {
        { Length: <= 3 } => lower is "vms" or "dbs" or "ips" or "azs" or "ous" or "sgs" ? lower[..^1] : lower,
        [.. var stem, 'i', 'e', 's'] => stem + "y",
        [.., 'x', 'e', 's'] or [.., 's', 's', 'e', 's'] => lower[..^2],
        [.., 's' or 'u' or 'i', 's'] => lower,
        [.. var stem, 's'] => stem,
        _ => lower,
    };
}
