using System.Diagnostics.CodeAnalysis;
using CentralOps.Access.Callers;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Answers;

/// <summary>Writes and reads the tokens of one caller: signed, so that nobody else's, none that was changed and none that is old is taken.</summary>
internal sealed class NextTokens(TokenKeys keys, Caller caller, TimeProvider time)
{
    private const string Purpose = "next_token";
    private const string Repair = "Repeat the arguments of the truncated answer with its next_token, or leave next_token out to start over";

    /// <summary>How long a token serves.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>What is wrong with a token that is ours and leads nowhere.</summary>
    public static Refusal.BadArguments Damaged => Refuse("is damaged, or not one that CentralOps gave");

    public string Write(NextToken token) => SignedText.Write(keys, Purpose, caller, time.GetUtcNow() + Lifetime, token.Write());

    /// <summary>Where a call begins: at the beginning, or where the token says, if it is one of this query.</summary>
    public bool TryContinue(string? text, ulong query, [NotNullWhen(true)] out NextToken? start, [NotNullWhen(false)] out Refusal? refusal)
    {
        (start, refusal) = string.IsNullOrEmpty(text) ? (new NextToken(query, "", 0), null) : Read(text);
        if (start is not null && start.Query != query)
        {
            refusal = Refuse("belongs to a call with other arguments (tool, accounts, region, ids, filters, fields or query)");
            start = null;
        }

        return start is not null;
    }

    private (NextToken? Token, Refusal? Refusal) Read(string text)
    {
        var read = SignedText.Read(keys, Purpose, caller, time.GetUtcNow(), text);
        return read.Problem switch
        {
            SignedTextProblem.None => NextToken.Read(read.Content) is { } token ? (token, null) : (null, Refuse("is of another version of CentralOps")),
            SignedTextProblem.UnknownKey => (null, Refuse("is damaged, or was given by a CentralOps with another key")),
            SignedTextProblem.Tampered => (null, Refuse("was changed on its way")),
            SignedTextProblem.OtherCaller => (null, Refuse("was given to another caller")),
            SignedTextProblem.Expired => (null, Refuse($"has expired: it serves {Lifetime.TotalMinutes:0} minutes")),
            _ => (null, Damaged),
        };
    }

    private static Refusal.BadArguments Refuse(string problem) => new([new ArgumentProblem("next_token", problem, Repair)]);
}
