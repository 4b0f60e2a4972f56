using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Sandbox;
using CentralOps.Tools;

namespace CentralOps.ToolPages;

/// <summary>The tools over a server that speaks AWS's protocols, wired as in the function but in this process.</summary>
internal sealed class LiveTools : IAsyncDisposable
{
    private const string CentralAccount = "111111111111";

    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());
    private readonly ToolServices _services;
    private readonly SandboxServer? _sandbox;

    /// <param name="keys">What knocks at the accounts.</param>
    public LiveTools(Uri endpoint, AwsCredentials keys)
        : this(endpoint, keys, sandbox: null)
    {
    }

    private LiveTools(Uri endpoint, AwsCredentials keys, SandboxServer? sandbox)
    {
        _sandbox = sandbox;
        var home = RegionName.TryParse("us-east-1", out var region) ? region : throw new InvalidOperationException("us-east-1 is a region.");
        var reader = AccountId.TryParse(CentralAccount, out var account) ? account : throw new InvalidOperationException("The central account has an id.");
        var url = endpoint.GetLeftPart(UriPartial.Authority);
        var endpoints = EndpointOverrides.Read(name => string.Equals(name, "AWS_ENDPOINT_URL", StringComparison.Ordinal) ? url : null);
        var client = new AwsClient(_http, new EndpointResolver(endpoints), TimeProvider.System, new AwsClientOptions());
        var options = new BrokerOptions { Region = home };
        var broker = new CredentialBroker(new RoleAssumption(client, _ => ValueTask.FromResult(keys), options, TimeProvider.System), options, TimeProvider.System);
        var entrance = new Entrance(broker, client, "CentralOpsTargetRole");
        var accounts = new AccountDirectory(new OrganizationsSource(entrance, reader, home), TimeProvider.System);
        _services = new ToolServices(new WayIn(accounts, AccessRules.LocalOnly, entrance), accounts, home, TimeProvider.System);
    }

    /// <summary>The sandbox organization with its default estate, knocked at as the function does.</summary>
    public static async Task<LiveTools> OnSandboxAsync(CancellationToken cancellationToken)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), cancellationToken);
        var keys = sandbox.SessionOf($"arn:aws:iam::{CentralAccount}:role/CentralOpsLambdaRole", "tools", TimeSpan.FromHours(1));
        return new LiveTools(sandbox.Url, keys, sandbox);
    }

    /// <param name="arguments">As JSON.</param>
    public async Task<JsonElement> AskAsync(string tool, string arguments, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        var call = new ToolCall(Encoding.UTF8.GetBytes(arguments), Caller.Local, "request-1", _services);
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
