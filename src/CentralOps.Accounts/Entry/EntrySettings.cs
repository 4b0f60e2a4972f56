using CentralOps.Access.Sealing;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Entry;

/// <summary>How accounts are entered, as the environment says it (<c>CENTRALOPS_…</c>): one reading for functions and for the command.</summary>
public sealed record EntrySettings
{
    /// <summary>The account whose target role reads AWS Organizations; null where none is named.</summary>
    public required AccountId? DirectoryAccount { get; init; }

    public required string TargetRole { get; init; }

    public required string? ExternalId { get; init; }

    public required IdentityMode Identity { get; init; }

    public required string? AccountsFile { get; init; }

    public QuotaSettings Quotas { get; init; } = new();

    /// <summary>What tokens and handles are signed with; null where none is set, and every process has its own.</summary>
    public TokenKeys? TokenKeys { get; init; }

    /// <summary>Reads all settings; <paramref name="problems"/> names everything that is wrong with them, each with its repair.</summary>
    public static EntrySettings Read(Func<string, string?> variable, ICollection<string> problems)
    {
        var file = Given(variable("CENTRALOPS_ACCOUNTS_FILE"));
        AccountId? directory = AccountId.TryParse(Given(variable("CENTRALOPS_DIRECTORY_ACCOUNT")), out var account) ? account : null;
        if (directory is null && file is null && Given(variable("CENTRALOPS_DIRECTORY_ACCOUNT")) is not null)
        {
            problems.Add("CENTRALOPS_DIRECTORY_ACCOUNT is not a 12-digit account id; set it to the account whose target role may read AWS Organizations.");
        }

        var role = Given(variable("CENTRALOPS_TARGET_ROLE")) ?? "CentralOpsTargetRole";
        if (!RoleName.IsValid(role))
        {
            problems.Add("CENTRALOPS_TARGET_ROLE is not the name of an IAM role; set it as in CentralOpsTargetRole, or ops/CentralOpsTargetRole with a path.");
        }

        var identity = Given(variable("CENTRALOPS_IDENTITY")) switch
        {
            null or "require" => IdentityMode.Require,
            "best_effort" => IdentityMode.BestEffort,
            "off" => IdentityMode.Off,
            _ => (IdentityMode?)null,
        };
        if (identity is null)
        {
            problems.Add("CENTRALOPS_IDENTITY is none of require, best_effort and off; unset it to require session tags and source identity.");
        }

        return new EntrySettings
        {
            DirectoryAccount = directory,
            TargetRole = role,
            ExternalId = Given(variable("CENTRALOPS_EXTERNAL_ID")),
            Identity = identity ?? IdentityMode.Require,
            AccountsFile = file,
            Quotas = QuotaSettings.Read(variable, problems),
            TokenKeys = TokenKeySetting.Read(variable, problems),
        };
    }

    public BrokerOptions ToBrokerOptions(RegionName region) => new() { Region = region, ExternalId = ExternalId, Identity = Identity };

    /// <summary>Without the external id.</summary>
    public override string ToString() => TargetRole;

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
