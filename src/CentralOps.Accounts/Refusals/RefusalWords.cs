using System.Diagnostics;
using System.Text;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.IdentityCenter;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;

namespace CentralOps.Accounts.Refusals;

/// <summary>The one place that turns a refusal into words. What AWS wrote is shaped here before anybody reads it.</summary>
public static class RefusalWords
{
    private const string AskAgain = "Ask again in a moment";

    public static RefusalText Of(Refusal refusal) => refusal switch
    {
        Refusal.BadArguments bad => OfArguments(bad.Problems),
        Refusal.StaleNextToken stale => new(
            RefusalStage.Arguments,
            Code(stale.Code),
            "AWS no longer accepts the page token inside next_token: such tokens expire, and resources may have changed since.",
            "Ask again with the same arguments without next_token; the answer starts over from the first item."),
        Refusal.ReadAgain again => new(
            RefusalStage.Expired,
            "ReadAgain",
            $"AWS no longer accepted its page token ({Code(again.Code)}), so this was read again from its beginning and the {again.PassedOver} items given before were passed over.",
            "Nothing, where resources did not come or go in between; where they did, ask again without next_token to be sure of every one."),
        Refusal.AnswerTooLarge large => new(
            RefusalStage.Arguments,
            "AnswerTooLarge",
            $"The answer has {large.Bytes} bytes; a Lambda function can return {large.MaxBytes}.",
            "Ask with a smaller limit and continue with next_token."),
        Refusal.UnknownAccount unknown => new(
            RefusalStage.UnknownAccount,
            "UnknownAccount",
            $"No account that you may see is meant by '{Shown(unknown.Selector)}'.{DidYouMean(unknown.Nearest)}",
            "Use a 12-digit account id, an account's whole name, ou:Path/To or tag:key=value; list_accounts shows them."),
        Refusal.AmbiguousAccount several => new(
            RefusalStage.UnknownAccount,
            "AmbiguousAccount",
            $"'{Shown(several.Selector)}' means {several.Matches.Count} accounts: {Ids(several.Matches)}. This tool asks one.",
            "Use the id of the one that you mean; or give the selector as accounts, to ask all of them at once."),
        Refusal.AccountHandleRefused handle => OfHandle(handle.Problem),
        Refusal.SelectorUnanswerable selector => new(
            RefusalStage.UnknownAccount,
            "SelectorUnanswerable",
            $"'{Shown(selector.Selector)}' cannot be answered: {Shown(selector.Source)} does not tell {Details(selector.Untold)}.",
            $"Use account ids or names; or let the role that reads AWS Organizations call {Lists(selector.Untold)}."),
        Refusal.AccountSuspended suspended => new(
            RefusalStage.AccountSuspended,
            "AccountSuspended",
            $"Account {suspended.Account} has the status {Code(suspended.Status)} in AWS Organizations; AWS answers nothing there.",
            "Leave the account out. Somebody with access to the management account can ask AWS Support to reopen it within 90 days of its closing."),
        Refusal.ToolNotPermitted tool => new(
            RefusalStage.NotPermitted,
            "UnknownTool",
            $"There is no tool {Shown(tool.Tool)} that you may use.",
            "List the tools that there are for you; whoever keeps the access rules can permit more."),
        Refusal.LedgerUnavailable ledger => new(
            RefusalStage.Ledger,
            "LedgerUnavailable",
            $"The call was not made, because it cannot be recorded: {Shown(ledger.Why)}.",
            $"{AskAgain}; whoever runs CentralOps finds the reason in its log (a full disk, a directory that may not be written)."),
        Refusal.OperationNotPermitted operation => new(
            RefusalStage.NotPermitted,
            "OperationNotPermitted",
            $"{operation.Tool} may not call {operation.Operation}: {operation.Why}.",
            "This is a mistake in the tool, not in the arguments; report it with the name of the tool."),
        Refusal.RoleNotAssumed role => OfRole(role),
        Refusal.KnockingCredentialsRefused knocking => new(
            RefusalStage.AssumeRole,
            Code(knocking.Failure.Code),
            $"AWS does not accept the credentials that CentralOps itself runs with. {Said(knocking.Failure)}",
            "Check the credentials of the function's own role, or of the profile that CentralOps was started with, and the clock of the machine."),
        Refusal.KnockingCredentialsExpired knocking => new(
            RefusalStage.Expired,
            Code(knocking.Failure.Code),
            $"The credentials that CentralOps itself runs with have expired. {Said(knocking.Failure)}",
            $"{AskAgain} if it runs as a function, whose credentials AWS renews; on a laptop sign in again: aws sso login"),
        Refusal.KnockingCredentialsUnavailable none => new(
            RefusalStage.AssumeRole,
            "NoCredentials",
            $"There are no credentials to knock with. {Shown(none.Problem)}",
            Shown(none.Remedy)),
        Refusal.NoPermissionSet none => OfPermissionSet(none),
        Refusal.SessionPolicyTooLong policy => new(
            RefusalStage.SessionPolicy,
            "SessionPolicyTooLong",
            $"The session policy of {policy.Tool} has {policy.Characters} characters; AWS takes {policy.MaxCharacters}.",
            "Split the tool: it declares more operations than one confined session can carry."),
        Refusal.SessionPolicyRefused policy => new(
            RefusalStage.SessionPolicy,
            Code(policy.Failure.Code),
            $"AWS STS does not take the session policy of {policy.Tool}. {Said(policy.Failure)}",
            "If it is said to be too large when packed, split the tool; otherwise report it with the name of the tool."),
        Refusal.SessionPolicyDenied denied => new(
            RefusalStage.SessionPolicy,
            Code(denied.Failure.Code),
            $"The session policy that confines the tool does not let {Name(denied.Failure)} through. {Said(denied.Failure)}",
            "The operation's row in the operation table lacks an IAM action; report it with the message above."),
        Refusal.RegionDisabled region => new(
            RefusalStage.RegionDisabled,
            Code(region.Failure.Code),
            $"Region {region.Region} is not enabled in account {region.Account}, or a region of that name does not exist. {Said(region.Failure)}",
            $"Use another region, or enable it from the management account: aws account enable-region --account-id {region.Account} --region-name {region.Region}"),
        Refusal.RegionElsewhere elsewhere => new(
            RefusalStage.RegionDisabled,
            "RegionOfAnotherPartition",
            $"Region {elsewhere.Region} lies in the partition {elsewhere.Region.PartitionId}, account {elsewhere.Account} in {elsewhere.Home.PartitionId}: no credentials of the one are known in the other.",
            $"Use a region of {elsewhere.Home.PartitionId}, such as {elsewhere.Home}; the other partition needs a CentralOps of its own."),
        Refusal.Throttled throttled when QuotaCodes.IsOurs(throttled.Failure.Code) => new(
            RefusalStage.Throttled,
            Code(throttled.Failure.Code),
            $"{Name(throttled.Failure)} in account {throttled.Account} was not sent: {Shaped(throttled.Failure.Message)}.",
            $"{AskAgain}, with fewer calls at once (fewer accounts, regions or pages); or give the call more time."),
        Refusal.Throttled throttled => new(
            RefusalStage.Throttled,
            Code(throttled.Failure.Code),
            $"AWS limits how often {Name(throttled.Failure)} may be called in account {throttled.Account}, and all attempts ran into the limit.",
            $"{AskAgain}, with fewer calls at once."),
        Refusal.SessionExpired expired => new(
            RefusalStage.Expired,
            Code(expired.Failure.Code),
            $"AWS says that the session in the account has expired, also right after it was renewed. {Said(expired.Failure)}",
            "Check the clock of the machine that CentralOps runs on."),
        Refusal.Unreached network => new(
            RefusalStage.Network,
            Code(network.Failure.Code),
            $"{Code(network.Failure.Service)} in {network.Region} could not be reached. {Said(network.Failure)}",
            $"Check that region {network.Region} exists and that CentralOps can reach its endpoints (VPC endpoints, proxy, AWS_ENDPOINT_URL), then ask again."),
        Refusal.OutOfTime time => new(
            RefusalStage.Deadline,
            "DeadlineExceeded",
            string.Create(null, $"AWS had not answered everything when the time was up ({time.Allowed.TotalSeconds:0.#} s)."),
            "Ask for less at once: a smaller limit, fewer accounts, a narrower filter; or raise the function's timeout."),
        Refusal.OperationDenied denied => new(
            RefusalStage.Service,
            Code(denied.Failure.Code),
            $"{denied.RoleArn} was assumed, but may not call {Name(denied.Failure)}. {Said(denied.Failure)}",
            DenialWords.ByRole(denied)),
        Refusal.DeniedByOrganization denied => new(
            RefusalStage.Scp,
            Code(denied.Failure.Code),
            $"{DenialWords.Kind(denied.Failure)} {Name(denied.Failure)} in account {denied.Account}. {Said(denied.Failure)}",
            DenialWords.ByOrganization(denied)),
        Refusal.ServiceFailed failed => OfService(failed.Failure),
        Refusal.DirectoryUnavailable directory => OfDirectory(Of(directory.Cause)),
        Refusal.AccountsFileUnusable file => new(
            RefusalStage.Directory,
            "AccountsFileUnusable",
            $"{Shown(file.Path)}{(file.Line > 0 ? $", line {file.Line}" : "")}: {Shown(file.Problem)}",
            "Mend the accounts file, or unset CENTRALOPS_ACCOUNTS_FILE to read AWS Organizations."),
        _ => throw new UnreachableException($"A refusal without words: {refusal.GetType().Name}."),
    };

    private static RefusalText OfArguments(IReadOnlyList<ArgumentProblem> problems)
    {
        var message = new StringBuilder();
        var remedy = new StringBuilder();
        foreach (var problem in problems)
        {
            message.Append(message.Length > 0 ? " " : "").Append(Shown(problem.Name)).Append(' ').Append(PlainText.Line(problem.Problem)).Append('.');
            remedy.Append(remedy.Length > 0 ? " " : "").Append(PlainText.Line(problem.Repair)).Append(problem.Repair.EndsWith('?') ? "" : ".");
        }

        return new(RefusalStage.Arguments, "BadArguments", message.ToString(), remedy.ToString());
    }

    private static RefusalText OfHandle(SignedTextProblem problem)
    {
        var (code, message) = problem switch
        {
            SignedTextProblem.Expired => ("AccountHandleExpired", "The account handle has expired."),
            SignedTextProblem.OtherCaller => ("AccountHandleOfAnother", "The account handle was given to another caller."),
            SignedTextProblem.UnknownKey => ("AccountHandleUnknown", "The account handle is damaged, or was given by a CentralOps with another key."),
            SignedTextProblem.Tampered => ("AccountHandleChanged", "The account handle was changed on its way."),
            _ => ("AccountHandleDamaged", "The account handle is damaged, or not one that CentralOps gave."),
        };
        return new(RefusalStage.Arguments, code, message, "Use the account's id or name, or get a handle of your own with switch_account.");
    }

    private static RefusalText OfRole(Refusal.RoleNotAssumed role) => new(
        RefusalStage.AssumeRole,
        Code(role.Failure.Code),
        $"The role {role.RoleArn} could not be assumed: it does not exist in account {role.Account}, or it does not trust " +
        $"{TrustRemedy.KnockingPrincipal(role.Failure.Message) ?? "CentralOps"}. {Said(role.Failure)}",
        TrustRemedy.For(role));

    private static RefusalText OfPermissionSet(Refusal.NoPermissionSet none)
    {
        var have = none.Available.Count == 0 ? "" : $" What you have there: {string.Join(", ", none.Available.Take(20).Select(Shown))}.";
        return new(
            RefusalStage.AssumeRole,
            "NoPermissionSet",
            none.Named.Length > 0
                ? $"You do not have the permission set '{Shown(none.Named)}' in account {none.Account}. {Shown(none.Why)}{have}"
                : $"In account {none.Account} you have no permission set that only reads ({string.Join(", ", PermissionSetChoice.Preferred)}).{have}",
            "Ask whoever assigns permission sets for ReadOnlyAccess there; or name another with --permission-set NAME, knowing that it may allow more than reading.");
    }

    private static RefusalText OfService(AwsFailure failure) => new(
        RefusalStage.Service,
        Code(failure.Code),
        $"{Name(failure)} was refused by AWS. {Said(failure)}",
        failure.Kind switch
        {
            FailureKind.Server => $"{AskAgain}; the AWS Health Dashboard tells whether the service has trouble.",
            FailureKind.NotFound => "Check the ids that were asked for, the account and the region.",
            _ => "Correct the arguments as AWS's message says.",
        });

    private static RefusalText OfDirectory(RefusalText cause) => new(
        RefusalStage.Directory,
        cause.Code,
        $"The organization's accounts could not be read. {cause.Message}",
        $"{cause.Remedy} CENTRALOPS_DIRECTORY_ACCOUNT names the account whose role reads AWS Organizations; an accounts file (CENTRALOPS_ACCOUNTS_FILE) does without.");

    private static string Said(AwsFailure failure)
    {
        var message = PlainText.Line(failure.Message).TrimEnd();
        return message.Length == 0 ? "" : $"AWS says: {message}{(message[^1] is '.' or '…' ? "" : ".")}";
    }

    private static string Shaped(string text) => PlainText.Line(text).TrimEnd('.', ' ');

    private static string Name(AwsFailure failure) => $"{Code(failure.Service)}:{Code(failure.Operation)}";

    private static string Code(string code) => PlainText.Line(code, 80);

    private static string Shown(string text) => PlainText.Line(text, 120);

    private static string DidYouMean(IReadOnlyList<string> nearest) =>
        nearest.Count == 0 ? "" : $" The nearest: {string.Join(", ", nearest.Select(Shown))}.";

    private static string Details(AccountDetail detail) => detail switch
    {
        AccountDetail.Units => "organizational units",
        AccountDetail.Tags => "tags of accounts",
        _ => "organizational units and tags of accounts",
    };

    private static string Lists(AccountDetail detail) => detail switch
    {
        AccountDetail.Units => "organizations:ListRoots, organizations:ListOrganizationalUnitsForParent and organizations:ListAccountsForParent",
        AccountDetail.Tags => "organizations:ListTagsForResource",
        _ => "organizations:ListRoots, organizations:ListOrganizationalUnitsForParent, organizations:ListAccountsForParent and organizations:ListTagsForResource",
    };

    private static string Ids(IReadOnlyList<AccountId> accounts) =>
        string.Join(", ", accounts.Take(10)) + (accounts.Count > 10 ? $" and {accounts.Count - 10} more" : "");
}
