using System.Text.Json;

namespace CentralOps.Accounts.Refusals;

/// <summary>The IAM documents and the commands that open a way which AWS refused.</summary>
internal static class TrustRemedy
{
    public static string For(AccountId account, string roleArn, string? knocking, bool withExternalId)
    {
        var principal = knocking ?? "arn:aws:iam::ACCOUNT:role/ROLE";
        var condition = withExternalId ? ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"EXTERNAL_ID\"}}" : "";
        var trust =
            $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":{Json(principal)}}}," +
            $"\"Action\":[\"sts:AssumeRole\",\"sts:SetSourceIdentity\",\"sts:TagSession\"]{condition}}}]}}";
        var role = RoleName(roleArn);
        var blanks = (knocking is null, withExternalId) switch
        {
            (true, true) => " (put the role that CentralOps runs as, and its CENTRALOPS_EXTERNAL_ID, into the document)",
            (true, false) => " (put the role that CentralOps runs as into the document)",
            (false, true) => " (put CENTRALOPS_EXTERNAL_ID into the document)",
            _ => "",
        };
        return
            $"Role {roleArn} has to exist in account {account}, and its trust policy has to name {principal}. With credentials of account {account}{blanks}: " +
            $"aws iam create-role --role-name {Shell(role)} --assume-role-policy-document {Shell(trust)} ; if the role exists: " +
            $"aws iam update-assume-role-policy --role-name {Shell(role)} --policy-document {Shell(trust)} . " +
            $"The role that knocks must also be allowed sts:AssumeRole, sts:SetSourceIdentity and sts:TagSession on {roleArn}.";
    }

    public static string Permission(AccountId account, string roleArn, IReadOnlyList<string> actions)
    {
        var policy =
            $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":[{string.Join(',', actions.Select(Json))}],\"Resource\":\"*\"}}]}}";
        return
            $"Allow it on the role, unless a service control policy or a permissions boundary denies it. With credentials of account {account}: " +
            $"aws iam put-role-policy --role-name {Shell(RoleName(roleArn))} --policy-name CentralOpsRead --policy-document {Shell(policy)}";
    }

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
            || !AccountId.TryParse(account, out _) || !partition.All(IsNameCharacter) || !name.All(IsNameCharacter))
        {
            return null;
        }

        return name.Split('/') is ["assumed-role", var role, _]
            ? $"arn:{partition}:iam::{account}:role/{role}"
            : $"arn:{partition}:{parts[2]}::{account}:{name}";
    }

    /// <summary>One word for a POSIX shell.</summary>
    internal static string Shell(string text) =>
        text.Length > 0 && text.All(IsNameCharacter) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string RoleName(string roleArn) => roleArn[(roleArn.LastIndexOf('/') + 1)..];

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '@' or '+' or '=' or ',';
}
