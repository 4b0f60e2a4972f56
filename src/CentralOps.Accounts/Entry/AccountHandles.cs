using System.Diagnostics.CodeAnalysis;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Access.Sealing;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Entry;

/// <summary>
/// Account handles: an account and a region, signed for one caller and until a time, as <c>acct_222222222222_us-east-1_…</c>. A handle stands for the account's id wherever
/// one account is named. It grants nothing: rules are judged, and the account is entered, at each use as if the id had been given.
/// </summary>
public sealed class AccountHandles(TokenKeys keys, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of a handle, in characters.</summary>
    public const int MaxLength = 256;

    private const string Prefix = "acct";
    private const char Separator = '_';
    private const string Purpose = "account_handle";

    /// <summary>No account's name is as long: AWS takes 50 characters.</summary>
    private const int MinLength = 60;

    /// <summary>Whether a text means to be a handle, and no id, name or selector.</summary>
    public static bool IsHandle([NotNullWhen(true)] string? text) => text is { Length: >= MinLength } && text.StartsWith("acct_", StringComparison.Ordinal);

    /// <summary>The region that a text says, before anybody has looked whether it is a handle that holds.</summary>
    public static RegionName? RegionSaid(string? text) => IsHandle(text) && TrySplit(text, out var handle, out _) ? handle.Region : null;

    /// <param name="until">When it ends.</param>
    public string Write(AccountId account, RegionName region, Caller caller, out DateTimeOffset until)
    {
        until = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        return string.Join(Separator, Prefix, account, region, SignedText.Write(keys, Purpose, caller, until, Content(account, region)));
    }

    /// <summary>The account and region of a handle that this caller was given, or what is wrong with it.</summary>
    public AccountHandle Read(string text, Caller caller)
    {
        if (text.Length > MaxLength || !TrySplit(text, out var handle, out var signed))
        {
            return new AccountHandle(SignedTextProblem.Malformed, default, default);
        }

        var read = SignedText.Read(keys, Purpose, caller, time.GetUtcNow(), signed);
        if (read.Problem != SignedTextProblem.None)
        {
            return new AccountHandle(read.Problem, default, default);
        }

        // What can be read of a handle is what was signed.
        return read.Content.Span.SequenceEqual(Content(handle.Account, handle.Region)) ? handle : new AccountHandle(SignedTextProblem.Tampered, default, default);
    }

    private static byte[] Content(AccountId account, RegionName region) => Encoding.ASCII.GetBytes($"{account}{region}");

    private static bool TrySplit(string text, out AccountHandle handle, out string signed)
    {
        (handle, signed) = (default, "");
        if (text.Split(Separator, 4) is not [Prefix, var id, var name, var rest] || !AccountId.TryParse(id, out var account) || !RegionName.TryParse(name, out var region))
        {
            return false;
        }

        (handle, signed) = (new AccountHandle(SignedTextProblem.None, account, region), rest);
        return true;
    }
}

/// <summary>What a handle stands for; nothing with a problem.</summary>
public readonly record struct AccountHandle(SignedTextProblem Problem, AccountId Account, RegionName Region);
