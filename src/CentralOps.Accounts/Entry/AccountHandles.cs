using System.Diagnostics.CodeAnalysis;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Access.Sealing;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Entry;

/// <summary>
/// Account handles: an account and a region, signed for one caller and until a time. A handle stands for the account's id wherever one account is named. It grants nothing:
/// rules are judged, and the account is entered, at each use as if the id had been given.
/// </summary>
public sealed class AccountHandles(TokenKeys keys, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Prefix = "acct_";
    private const string Purpose = "account_handle";

    /// <summary>No account's name is as long: AWS takes 50 characters.</summary>
    private const int MinLength = 60;

    /// <summary>Of a handle, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Whether a text means to be a handle, and no id, name or selector.</summary>
    public static bool IsHandle([NotNullWhen(true)] string? text) => text is { Length: >= MinLength } && text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <param name="until">When it ends.</param>
    public string Write(AccountId account, RegionName region, Caller caller, out DateTimeOffset until)
    {
        until = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        return Prefix + SignedText.Write(keys, Purpose, caller, until, Encoding.ASCII.GetBytes($"{account}{region}"));
    }

    /// <summary>The account and region of a handle that this caller was given, or what is wrong with it.</summary>
    public AccountHandle Read(string handle, Caller caller)
    {
        if (!IsHandle(handle) || handle.Length > MaxLength)
        {
            return new AccountHandle(SignedTextProblem.Malformed, default, default);
        }

        var read = SignedText.Read(keys, Purpose, caller, time.GetUtcNow(), handle[Prefix.Length..]);
        var text = Encoding.ASCII.GetString(read.Content.Span);
        return read.Problem switch
        {
            SignedTextProblem.None when text.Length > AccountId.Length && AccountId.TryParse(text[..AccountId.Length], out var account)
                && RegionName.TryParse(text[AccountId.Length..], out var region) => new AccountHandle(SignedTextProblem.None, account, region),
            SignedTextProblem.None => new AccountHandle(SignedTextProblem.Malformed, default, default),
            var problem => new AccountHandle(problem, default, default),
        };
    }
}

/// <summary>What a handle stands for; nothing with a problem.</summary>
public readonly record struct AccountHandle(SignedTextProblem Problem, AccountId Account, RegionName? Region);
