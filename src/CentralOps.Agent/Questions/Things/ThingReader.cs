using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CentralOps.Agent.Questions.Things;

/// <summary>Finds the resources that a question names: by id, ARN, address, host name, tag, or a name that is no ordinary word.</summary>
internal static partial class ThingReader
{
    /// <summary>What has a hyphen and names nothing.</summary>
    private static readonly string[] Ordinary =
    [
        "non-prod", "read-only", "multi-az", "org-wide", "cross-account", "publicly-accessible", "up-to-date", "organization-wide", "company-wide", "end-of-life", "built-in", "in-use", "on-demand", "aurora-mysql",
        "aurora-postgresql", "n.", "e.g", "i.e", "non-default", "non-production", "long-running", "multi-region", "self-managed", "sql-server", "auto-scaling", "so-called",
    ];

    private static readonly string[] Naming = ["named", "called", "name"];

    public static NamedThings Read(Question question)
    {
        var things = new List<Thing>();
        var tags = new List<(string Key, string Value)>();
        for (var at = 0; at < question.Words.Count; at++)
        {
            if (question.IsTaken(at))
            {
                continue;
            }

            if (TagAt(question.Words[at]) is { } tag)
            {
                tags.Add(tag);
                question.Take(at);
            }
            else if (KindOf(question, at) is { } kind)
            {
                things.Add(new Thing(kind, question.Words[at].Text, at));
                question.Take(at);
            }
        }

        return new NamedThings(things, tags);
    }

    private static ThingKind? KindOf(Question question, int at)
    {
        var word = question.Words[at];
        return word.Text switch
        {
            _ when word.IsQuoted => ThingKind.Name,
            _ when word.Text.StartsWith("arn:", StringComparison.OrdinalIgnoreCase) && word.Text.Count(':') >= 5 => ThingKind.Arn,
            _ when AwsId().IsMatch(word.Lower) => ThingKind.Id,
            _ when IsAddress(word.Text) => ThingKind.Address,
            _ when Type().IsMatch(word.Lower) => ThingKind.Type,
            _ when Family().IsMatch(word.Lower) && question.After(at) is "instance" or "instances" or "server" or "servers" or "vms" or "boxes" or "machines" => ThingKind.Type,
            _ when Runtime().IsMatch(word.Lower) => ThingKind.Runtime,
            _ when Host().IsMatch(word.Lower) => ThingKind.Host,
            _ when Naming.Contains(question.Before(at), StringComparer.Ordinal) => ThingKind.Name,
            _ when IsName(word) => ThingKind.Name,
            _ => null,
        };
    }

    // Letters with a hyphen, an underscore or a dot between, or with digits in them: no ordinary word, unless it is one of those.
    private static bool IsName(Word word) =>
        word.Text.Length > 2 && NameShape().IsMatch(word.Text) && !Ordinary.Contains(word.Lower, StringComparer.Ordinal) && !Clock().IsMatch(word.Lower)
        && (word.Text.AsSpan().IndexOfAny("-_./") > 0 || DigitsBehind().IsMatch(word.Lower));

    private static (string Key, string Value)? TagAt(Word word)
    {
        var text = word.Lower.StartsWith("tag:", StringComparison.Ordinal) ? word.Text[4..] : word.Text;
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return !word.IsQuoted && at > 0 && at < text.Length - 1 ? (text[..at], text[(at + 1)..].Trim('\'', '"')) : null;
    }

    private static bool IsAddress(string text)
    {
        var host = text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? text[..slash] : text;
        return IPAddress.TryParse(host, out var address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 ? text.Count(':') >= 2 : host.Count('.') == 3);
    }

    [GeneratedRegex("^(i|vpc|subnet|sg|vol|eni|ami|snap|rtb|igw|nat|vpce|tgw|acl|eipalloc|lt|dopt|pcx)-[0-9a-f]{8,17}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AwsId();

    [GeneratedRegex("^(db\\.)?[a-z]{1,4}[0-9][a-z0-9-]*\\.([a-z]*metal[a-z0-9-]*|nano|micro|small|medium|[0-9]*x?large)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Type();

    [GeneratedRegex("^(t|m|c|r|x|i|g|p|d|h|z|u|inf|trn|hpc|im|is|vt|f)[0-9][a-z]{0,3}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Family();

    [GeneratedRegex("^(python|nodejs|java|dotnet|dotnetcore|ruby|go)[0-9][0-9.x]*$|^provided(\\.al[0-9]+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Runtime();

    [GeneratedRegex("^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.){2,}[a-z]{2,24}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/-]*[A-Za-z0-9]$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NameShape();

    [GeneratedRegex("^[a-z]{2,}[0-9]{2,}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DigitsBehind();

    [GeneratedRegex("^[0-9:.,%-]+([a-z]{1,3})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();
}
