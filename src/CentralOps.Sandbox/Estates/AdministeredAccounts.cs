using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates;

/// <summary>
/// The default organization with one account whose <c>CentralOpsTargetRole</c> may do everything, as a careless roll-out leaves it: what keeps a session there from
/// writing is its session policies alone.
/// </summary>
public static class AdministeredAccounts
{
    public const string WithAdministrator = "222222222222";

    private static readonly PolicyDocument Everything = PolicyReader.Read(
        """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""", PolicyKind.Identity);

    public static Estate Estate { get; } = Estate.Default.WithAccounts(account =>
        string.Equals(account.Id, WithAdministrator, StringComparison.Ordinal) ? account with { TargetPermissions = Everything } : account);
}
