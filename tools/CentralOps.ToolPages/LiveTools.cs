using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Sealing;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Ledger;
using CentralOps.Sandbox;
using CentralOps.Tools;
using CentralOps.Tools.Fleet;

namespace CentralOps.ToolPages;

/// <summary>The tools over a server that speaks AWS's protocols, wired as in the function but in this process.</summary>
internal sealed class LiveTools : IAsyncDisposable
{
    private const string CentralAccount = "111111111111";

    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());
    private readonly ToolServices _services;
    private SandboxServer? _sandbox;

    /// <param name="keys">What knocks at the accounts.</param>
    /// <param name="change">Puts another way to sessions in the place of the product's.</param>
    public LiveTools(Uri endpoint, AwsCredentials keys, Func<ISessionMaker, ISessionMaker>? change = null, TimeProvider? time = null, IdentityMode identity = IdentityMode.Require, string? externalId = null,
        QuotaSettings? quotas = null, AccessRules? rules = null, ILedger? ledger = null)
    {
        time ??= TimeProvider.System;
        var home = RegionName.TryParse("us-east-1", out var region) ? region : throw new InvalidOperationException("us-east-1 is a region.");
        var reader = AccountId.TryParse(CentralAccount, out var account) ? account : throw new InvalidOperationException("The central account has an id.");
        var url = endpoint.GetLeftPart(UriPartial.Authority);
        var endpoints = EndpointOverrides.Read(name => string.Equals(name, "AWS_ENDPOINT_URL", StringComparison.Ordinal) ? url : null);
        Client = new AwsClient(_http, new EndpointResolver(endpoints), time, new AwsClientOptions());
        var options = new BrokerOptions { Region = home, Identity = identity, ExternalId = externalId };

        // A server of our own has no quotas but those that a test gives it, and these are mostly without end: waiting longer shows nothing.
        var limits = new CallQuotas(quotas ?? new QuotaSettings { Rates = QuotaRates.Learnt, LongestWait = TimeSpan.FromSeconds(2) }, time);
        Assumption = new RoleAssumption(Client, new FixedCredentials(keys), options, time, limits);
        var broker = new CredentialBroker(change?.Invoke(Assumption) ?? Assumption, options, time);
        Entrance = new Entrance(broker, Client, "CentralOpsTargetRole", limits);
        var accounts = new AccountDirectory(new OrganizationsSource(Entrance, reader, home), time);
        _services = new ToolServices(new WayIn(accounts, rules ?? AccessRules.Everybody, Entrance), accounts, home, time) { Ledger = ledger ?? NoLedger.Instance };
    }

    /// <summary>Who asks.</summary>
    public Caller Caller { get; init; } = Caller.Local;

    /// <summary>What tokens are signed with.</summary>
    public TokenKeys TokenKeys
    {
        get => _services.TokenKeys;
        init => _services = _services with { TokenKeys = value };
    }

    /// <summary>What the answer may come to, in bytes.</summary>
    public int MaxAnswerBytes { get; init; } = int.MaxValue;

    /// <summary>Hears how far a call has come.</summary>
    public IProgress<FleetProgress>? Progress { get; init; }

    /// <summary>The time that each call has; null for as long as it takes.</summary>
    public TimeSpan? TimeAllowed { get; init; }

    public AwsClient Client { get; }

    public RoleAssumption Assumption { get; }

    public Entrance Entrance { get; }

    /// <summary>The sandbox under it, where it brought one.</summary>
    public SandboxServer Sandbox => _sandbox ?? throw new InvalidOperationException("These tools stand on a server of somebody else's.");

    /// <summary>The sandbox organization with its default estate, knocked at as the function does.</summary>
    public static async Task<LiveTools> OnSandboxAsync(CancellationToken cancellationToken)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), cancellationToken);
        return new LiveTools(sandbox.Url, KeysOf(sandbox)) { _sandbox = sandbox };
    }

    /// <summary>The same sandbox's tools once more, with nothing kept from before.</summary>
    public LiveTools Anew(Func<ISessionMaker, ISessionMaker>? change = null) => new(Sandbox.Url, KeysOf(Sandbox), change);

    /// <summary>What the function knocks with.</summary>
    public static AwsCredentials KeysOf(SandboxServer sandbox) =>
        sandbox.SessionOf($"arn:aws:iam::{CentralAccount}:role/CentralOpsLambdaRole", "tools", TimeSpan.FromHours(1));

    /// <param name="arguments">As JSON.</param>
    public Task<JsonElement> AskAsync(string tool, string arguments, CancellationToken cancellationToken) => AskAsync(Caller, tool, arguments, cancellationToken);

    /// <param name="arguments">As JSON.</param>
    public async Task<JsonElement> AskAsync(Caller caller, string tool, string arguments, CancellationToken cancellationToken, string requestId = "request-1")
    {
        var output = new ArrayBufferWriter<byte>();
        var call = new ToolCall(Encoding.UTF8.GetBytes(arguments), caller, requestId, _services) { TimeAllowed = TimeAllowed, MaxAnswerBytes = MaxAnswerBytes, Progress = Progress };
        await ToolCatalog.Tools.Single(candidate => string.Equals(candidate.Name, tool, StringComparison.Ordinal)).RunAsync(call, output, cancellationToken);
        return JsonElement.Parse(output.WrittenSpan);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }
}
