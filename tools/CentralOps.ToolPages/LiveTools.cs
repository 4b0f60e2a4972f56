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
using CentralOps.Tools;

namespace CentralOps.ToolPages;

/// <summary>The tools over a server that speaks AWS's protocols, wired as in the function.</summary>
internal sealed class LiveTools : IDisposable
{
    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());
    private readonly ToolServices _services;

    public AwsClient Client { get; }

    public RoleAssumption Assumption { get; }

    public Entrance Entrance { get; }

    /// <param name="keys">What knocks at the accounts.</param>
    /// <param name="directory">The account whose role reads AWS Organizations.</param>
    /// <param name="change">Puts another way to sessions in the place of the product's.</param>
    public LiveTools(Uri endpoint, AwsCredentials keys, string directory, Func<ISessionMaker, ISessionMaker>? change = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var home = RegionName.TryParse("us-east-1", out var region) ? region : throw new InvalidOperationException("us-east-1 is a region.");
        var reader = AccountId.TryParse(directory, out var account) ? account : throw new ArgumentException($"'{directory}' is no account id.", nameof(directory));
        var url = endpoint.GetLeftPart(UriPartial.Authority);
        Client = new AwsClient(_http, new EndpointResolver(EndpointOverrides.Read(name => string.Equals(name, "AWS_ENDPOINT_URL", StringComparison.Ordinal) ? url : null)), time, new AwsClientOptions());
        var options = new BrokerOptions { Region = home };
        Assumption = new RoleAssumption(Client, new FixedCredentials(keys), options, time);
        var broker = new CredentialBroker(change?.Invoke(Assumption) ?? Assumption, options, time);
        var entrance = Entrance = new Entrance(broker, Client, "CentralOpsTargetRole");
        var accounts = new AccountDirectory(new OrganizationsSource(entrance, reader, home), time);
        _services = new ToolServices(new WayIn(accounts, AccessRules.LocalOnly, entrance), accounts, home, time);
    }

    /// <param name="arguments">As JSON.</param>
    public async Task<JsonElement> AskAsync(string tool, string arguments, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        var call = new ToolCall(Encoding.UTF8.GetBytes(arguments), Caller.Local, "request-1", _services);
        await ToolCatalog.Tools.Single(candidate => string.Equals(candidate.Name, tool, StringComparison.Ordinal)).RunAsync(call, output, cancellationToken);
        return JsonElement.Parse(output.WrittenSpan);
    }

    public void Dispose() => _http.Dispose();
}
