namespace CentralOps.Accounts.Refusals;

/// <summary>The IAM documents and the commands that open a way which AWS refused.</summary>
internal static class TrustRemedy
{
    private static readonly string[] Knocking = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];

    public static string For(Refusal.RoleNotAssumed refused)
    {
        var denial = Denial.Of(refused.Failure);
        var knocking = KnockingPrincipal(refused.Failure.Message);
        return denial switch
        {
            // The door was not even reached: whoever knocks may not.
            { By: DenialSource.IdentityPolicy, IsExplicit: false } => MayKnock(refused.RoleArn, knocking),
            { By: DenialSource.IdentityPolicy } => $"A policy of {knocking ?? "the role that CentralOps runs as"} denies it {denial.Action ?? "sts:AssumeRole"}; take it out of the Deny.",
            { By: DenialSource.PermissionsBoundary or DenialSource.SessionPolicy or DenialSource.VpcEndpointPolicy } =>
                $"What {knocking ?? "the role that CentralOps runs as"} is confined by has to allow it: {Statement.Allow(Knocking, refused.RoleArn)}",
            { Action: "sts:TagSession" or "sts:SetSourceIdentity" } =>
                $"The role allows no {(denial.Action is "sts:TagSession" ? "session tags" : "source identity")}. {Trust(refused, knocking)} " +
                "Where that cannot be had, CENTRALOPS_IDENTITY=best_effort goes in without and every answer says so.",
            _ => Trust(refused, knocking),
        };
    }

    public static string Permission(AccountId account, string role, IReadOnlyList<string> actions) =>
        $"With credentials of account {account}: " +
        $"aws iam put-role-policy --role-name {ShellWord.Of(role)} --policy-name CentralOpsRead --policy-document {ShellWord.Of(Statement.Document(Statement.Allow(actions)))}";

    /// <summary>
    /// Who knocked, taken from AWS's own message (<c>User: arn:… is not authorized</c>), so that it costs no call; a session's ARN is
    /// turned into its role's. Null where the message does not tell, or tells something that is no such ARN.
    /// </summary>
    public static string? KnockingPrincipal(string message)
    {
        const string Before = "User: ";
        const string After = " is not authorized";
        var start = message.IndexOf(Before, StringComparison.Ordinal);
        var end = start < 0 ? -1 : message.IndexOf(After, start, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var parts = message[(start + Before.Length)..end].Split(':');
        if (parts is not ["arn", var partition, "sts" or "iam", "", var account, var name]
            || !AccountId.TryParse(account, out _) || !partition.All(ShellWord.IsPlain) || !name.All(ShellWord.IsPlain))
        {
            return null;
        }

        return name.Split('/') is ["assumed-role", var role, _]
            ? $"arn:{partition}:iam::{account}:role/{role}"
            : $"arn:{partition}:{parts[2]}::{account}:{name}";
    }

    private static string Trust(Refusal.RoleNotAssumed refused, string? knocking)
    {
        var principal = knocking ?? "arn:aws:iam::ACCOUNT:role/ROLE";
        var condition = refused.WithExternalId ? ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"EXTERNAL_ID\"}}" : "";
        var trust = Statement.Document(
            $"{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":{Statement.Json(principal)}}},\"Action\":[\"sts:AssumeRole\",\"sts:SetSourceIdentity\",\"sts:TagSession\"]{condition}}}");
        var (path, role) = NameOf(refused.RoleArn);
        var blanks = (knocking is null, refused.WithExternalId) switch
        {
            (true, true) => " (put the role that CentralOps runs as, and its CENTRALOPS_EXTERNAL_ID, into the document)",
            (true, false) => " (put the role that CentralOps runs as into the document)",
            (false, true) => " (put CENTRALOPS_EXTERNAL_ID into the document)",
            _ => "",
        };
        return
            $"Role {refused.RoleArn} has to exist in account {refused.Account}, and its trust policy has to name {principal}. With credentials of account {refused.Account}{blanks}: " +
            $"aws iam create-role{path} --role-name {ShellWord.Of(role)} --assume-role-policy-document {ShellWord.Of(trust)} ; if the role exists: " +
            $"aws iam update-assume-role-policy --role-name {ShellWord.Of(role)} --policy-document {ShellWord.Of(trust)} . " +
            $"The role that knocks must also be allowed sts:AssumeRole, sts:SetSourceIdentity and sts:TagSession on {refused.RoleArn}.";
    }

    private static string MayKnock(string roleArn, string? knocking)
    {
        var policy = Statement.Allow(Knocking, roleArn);
        return knocking?.Split(":role/") is [_, var role]
            ? $"{knocking} has to be allowed to knock. With credentials of its account: aws iam put-role-policy --role-name {ShellWord.Of(role[(role.LastIndexOf('/') + 1)..])} " +
              $"--policy-name CentralOpsAssume --policy-document {ShellWord.Of(Statement.Document(policy))}"
            : $"{knocking ?? "Who CentralOps runs as"} has to be allowed to knock: {policy}";
    }

    /// <summary>The role's name, and its path as an option of create-role where it has one.</summary>
    private static (string Path, string Name) NameOf(string roleArn)
    {
        var whole = roleArn[(roleArn.IndexOf(":role/", StringComparison.Ordinal) + ":role/".Length)..];
        var slash = whole.LastIndexOf('/');
        return slash < 0 ? ("", whole) : ($" --path {ShellWord.Of($"/{whole[..slash]}/")}", whole[(slash + 1)..]);
    }
}
