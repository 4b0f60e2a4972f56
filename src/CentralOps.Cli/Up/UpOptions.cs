using CentralOps.Access.Rules;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Gateway.Settings;
using CentralOps.Ledger;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Cli.Up;

internal enum UpAuth
{
    None,
    Iam,
}

/// <summary>What one Lambda function serves.</summary>
internal enum FunctionPer
{
    /// <summary>The tools of one AWS subject: fewer cold starts.</summary>
    Subject,

    /// <summary>One tool, as the integration guide draws it.</summary>
    Tool,
}

internal sealed record UpOptions(int Port, UpAuth Auth, FunctionPer FunctionPer)
{
    /// <summary>What the gateway is told beside the API, the command line's switches among it.</summary>
    public GatewaySettings Settings { get; init; } = GatewaySettings.None;

    /// <summary>A gateway that is made now offers the tool that searches tools.</summary>
    public bool Search { get; init; } = true;

    /// <summary>Makes what exists in the sandbox, as part of its start; fails with a <see cref="CommandFailedException"/>.</summary>
    public Func<Estate> Estate { get; init; } = static () => Sandbox.Estates.Estate.Default;

    /// <summary>Where gateways and targets are kept, unless <see cref="DatabaseUrl"/> says otherwise. Null: nothing is kept, and nothing can be managed.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>From the environment; null: a file in the state directory.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>From the environment: what seals secrets; null: a file in the state directory.</summary>
    public string? MasterKey { get; init; }

    /// <summary>Null for the sandbox.</summary>
    public AwsOptions? Aws { get; init; }

    /// <summary>Where calls are recorded.</summary>
    public LedgerSettings Ledger { get; init; } = LedgerSettings.Off;

    /// <summary>Whole path of the file with the access rules; null: the local owner may do everything.</summary>
    public string? AccessFile { get; init; }

    /// <summary>What the file says.</summary>
    public AccessRules? Access { get; init; }

    public const int DefaultPort = 8765;

    /// <summary>Where the central account's gateway and functions live in the sandbox.</summary>
    public const string Region = "us-east-1";

    public const string CentralAccount = "111111111111";
}
