using CentralOps.Access.Rules;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Tests.Stubs;

/// <summary>The whole way in, wired as in the product, over a stubbed AWS.</summary>
public sealed class StubOrganization
{
    public const string Lambda = "arn:aws:sts::111111111111:assumed-role/CentralOpsLambdaRole/function";

    public StubOrganization(StubAws aws, ManualTime time, int maxSessions = 4096, string? externalId = null, IdentityMode identity = IdentityMode.Require, CallQuotas? quotas = null)
    {
        Aws = aws;
        Time = time;
        RegionName.TryParse("us-east-1", out var home).ShouldBeTrue();
        Home = home;
        Client = new AwsClient(new HttpMessageInvoker(aws), EndpointResolver.Default, time, new AwsClientOptions { MaxAttempts = quotas is null ? 1 : 3 });
        var options = new BrokerOptions { Region = home, MaxSessions = maxSessions, ExternalId = externalId, Identity = identity };
        Maker = new RoleAssumption(Client, new FixedCredentials(new AwsCredentials("AKIAFUNCTION", "knocking-secret-that-nobody-shows")), options, time, quotas);
        Broker = new CredentialBroker(Maker, options, time);
        Entrance = new Entrance(Broker, Client, "CentralOpsTargetRole", quotas);
        AccountId.TryParse("111111111111", out var reader).ShouldBeTrue();
        Directory = new AccountDirectory(new OrganizationsSource(Entrance, reader, home), time);
        WayIn = new WayIn(Directory, AccessRules.LocalOnly, Entrance);
    }

    public StubAws Aws { get; }

    public ManualTime Time { get; }

    public RegionName Home { get; }

    public AwsClient Client { get; }

    public RoleAssumption Maker { get; }

    public CredentialBroker Broker { get; }

    public Entrance Entrance { get; }

    public AccountDirectory Directory { get; }

    public WayIn WayIn { get; }

    public static AccountId Id(string text) => AccountId.TryParse(text, out var id) ? id : throw new ArgumentException(text, nameof(text));

    public static AccountSelector Selector(string text) =>
        AccountSelector.TryParse(text, out var selector, out var problem) ? selector : throw new ArgumentException(problem, nameof(text));
}
