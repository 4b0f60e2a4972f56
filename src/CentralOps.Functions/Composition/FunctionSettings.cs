using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Functions.Composition;

/// <summary>What the function is told by its environment.</summary>
internal sealed record FunctionSettings
{
    public required RegionName Region { get; init; }

    /// <summary>The account whose target role reads AWS Organizations; null with an accounts file.</summary>
    public required AccountId? DirectoryAccount { get; init; }

    public required string TargetRole { get; init; }

    public required string? ExternalId { get; init; }

    public required IdentityMode Identity { get; init; }

    public required string? AccountsFile { get; init; }

    /// <summary>Reads all settings; <paramref name="problems"/> names everything that is wrong with them, each with its repair.</summary>
    public static FunctionSettings Read(Func<string, string?> variable, List<string> problems)
    {
        var text = variable("AWS_REGION");
        if (!RegionName.TryParse(text, out var region))
        {
            problems.Add("AWS_REGION is not the name of a region; set it as in us-east-1.");
        }

        var file = Given(variable("CENTRALOPS_ACCOUNTS_FILE"));
        AccountId? directory = null;
        if (AccountId.TryParse(Given(variable("CENTRALOPS_DIRECTORY_ACCOUNT")), out var account))
        {
            directory = account;
        }
        else if (file is null)
        {
            problems.Add(
                "CENTRALOPS_DIRECTORY_ACCOUNT is not a 12-digit account id; set it to the account whose target role may read AWS Organizations, " +
                "or set CENTRALOPS_ACCOUNTS_FILE.");
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

        return new FunctionSettings
        {
            Identity = identity ?? IdentityMode.Require,
            Region = region,
            DirectoryAccount = directory,
            TargetRole = role,
            ExternalId = Given(variable("CENTRALOPS_EXTERNAL_ID")),
            AccountsFile = file,
        };
    }

    /// <summary>Without the external id.</summary>
    public override string ToString() => $"{TargetRole}, home {Region}";

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
