using CentralOps.Access.Sealing;
using CentralOps.Accounts.Directory;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Refusals;

/// <summary>Why a call was not answered: expected, and said in words by <see cref="RefusalWords"/>. A closed set.</summary>
public abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>Every argument that is wrong, at once.</summary>
    public sealed record BadArguments(IReadOnlyList<ArgumentProblem> Problems) : Refusal;

    /// <summary>A next_token that is ours and whole, but whose AWS token AWS no longer knows.</summary>
    public sealed record StaleNextToken(string Code) : Refusal;

    /// <summary>
    /// AWS no longer knew the page token inside a next_token; the place was read again from its beginning, without what was given before. A note beside an answer
    /// that goes on.
    /// </summary>
    public sealed record ReadAgain(string Code, long PassedOver) : Refusal;

    /// <summary>An answer larger than what carries it.</summary>
    public sealed record AnswerTooLarge(long Bytes, long MaxBytes) : Refusal;

    public sealed record UnknownAccount(string Selector, IReadOnlyList<string> Nearest) : Refusal;

    /// <summary>A selector that means several accounts where one is asked.</summary>
    public sealed record AmbiguousAccount(string Selector, IReadOnlyList<AccountId> Matches) : Refusal;

    /// <summary>An account handle that does not serve this caller now.</summary>
    public sealed record AccountHandleRefused(SignedTextProblem Problem) : Refusal;

    /// <summary>A selector by what the directory's source does not tell.</summary>
    public sealed record SelectorUnanswerable(string Selector, AccountDetail Untold, string Source) : Refusal;

    public sealed record AccountSuspended(AccountId Account, string Status) : Refusal;

    /// <summary>The rules do not let this caller use this tool anywhere. (An account that they keep a caller out of is an <see cref="UnknownAccount"/>.)</summary>
    public sealed record ToolNotPermitted(string Tool) : Refusal;

    /// <summary>The call could not be recorded, so it was not made.</summary>
    public sealed record LedgerUnavailable(string Why) : Refusal;

    /// <summary>An operation that is not known to read, or that the tool has not declared.</summary>
    public sealed record OperationNotPermitted(string Tool, string Operation, string Why) : Refusal;

    /// <summary>STS does not let us become the role: it is missing, or does not trust us.</summary>
    public sealed record RoleNotAssumed(AccountId Account, string RoleArn, bool WithExternalId, AwsFailure Failure) : Refusal;

    /// <summary>AWS does not know the credentials that knock.</summary>
    public sealed record KnockingCredentialsRefused(AwsFailure Failure) : Refusal;

    /// <summary>The credentials that knock have run out.</summary>
    public sealed record KnockingCredentialsExpired(AwsFailure Failure) : Refusal;

    /// <summary>There are no credentials to knock with.</summary>
    public sealed record KnockingCredentialsUnavailable(string Problem, string Remedy) : Refusal;

    /// <summary>The person who signed in has no permission set in the account that may be taken.</summary>
    /// <param name="Named">The one that was named; empty where a read-only one was looked for.</param>
    public sealed record NoPermissionSet(AccountId Account, string Named, IReadOnlyList<string> Available, string Why) : Refusal;

    /// <summary>The session policy is longer than AWS takes.</summary>
    public sealed record SessionPolicyTooLong(string Tool, int Characters, int MaxCharacters) : Refusal;

    /// <summary>STS does not take the session policy.</summary>
    public sealed record SessionPolicyRefused(string Tool, AwsFailure Failure) : Refusal;

    /// <summary>The session policy does not let an operation through: its table row lacks an action.</summary>
    public sealed record SessionPolicyDenied(AwsFailure Failure) : Refusal;

    public sealed record RegionDisabled(AccountId Account, RegionName Region, AwsFailure Failure) : Refusal;

    /// <summary>The region lies in another partition, to which no credentials of this one lead.</summary>
    public sealed record RegionElsewhere(AccountId Account, RegionName Region, RegionName Home) : Refusal;

    public sealed record Throttled(AccountId Account, AwsFailure Failure) : Refusal;

    /// <summary>AWS says that a session has expired, twice in a row.</summary>
    public sealed record SessionExpired(AwsFailure Failure) : Refusal;

    public sealed record Unreached(RegionName Region, AwsFailure Failure) : Refusal;

    /// <summary>There was not enough time to answer.</summary>
    public sealed record OutOfTime(TimeSpan Allowed) : Refusal;

    /// <summary>The role was assumed, and its permissions do not allow the operation.</summary>
    public sealed record OperationDenied(AccountId Account, RegionName Region, string RoleArn, IReadOnlyList<string> Actions, AwsFailure Failure) : Refusal;

    /// <summary>A service control policy or a resource control policy stands above what the account itself allows.</summary>
    /// <param name="Account">The account that the policy holds for.</param>
    public sealed record DeniedByOrganization(AccountId Account, string RoleArn, IReadOnlyList<string> Actions, AwsFailure Failure) : Refusal;

    public sealed record ServiceFailed(AwsFailure Failure) : Refusal;

    /// <summary>The list of accounts could not be read on the way to AWS Organizations.</summary>
    public sealed record DirectoryUnavailable(Refusal Cause) : Refusal;

    /// <summary>The accounts file cannot be used.</summary>
    public sealed record AccountsFileUnusable(string Path, int Line, string Problem) : Refusal;
}

/// <summary>One argument that is wrong.</summary>
/// <param name="Name">The argument, with its place inside where it has one, such as <c>filters[0].Name</c>.</param>
/// <param name="Problem">What is wrong with it, as the end of a sentence that begins with its name.</param>
/// <param name="Repair">What to write instead.</param>
public sealed record ArgumentProblem(string Name, string Problem, string Repair);
