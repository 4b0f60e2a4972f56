using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools;

namespace CentralOps.Bench.Fleet;

/// <summary>The tools wired as in the function, with nothing kept from before: sessions and regions are asked for anew.</summary>
internal sealed class FleetCaller : IDisposable
{
    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());
    private readonly ToolServices _services;

    /// <param name="place">What <see cref="FleetSandbox"/> wrote.</param>
    public FleetCaller(JsonElement place, int concurrency)
    {
        var time = TimeProvider.System;
        string Of(string name) => place.GetProperty(name).GetString()!;
        var home = RegionName.TryParse("us-east-1", out var region) ? region : throw new InvalidOperationException("us-east-1 is a region.");
        var reader = AccountId.TryParse("111111111111", out var account) ? account : throw new InvalidOperationException("The central account has an id.");
        var endpoint = Of("endpoint");
        var endpoints = EndpointOverrides.Read(name => string.Equals(name, "AWS_ENDPOINT_URL", StringComparison.Ordinal) ? endpoint : null);
        var client = new AwsClient(_http, new EndpointResolver(endpoints), time, new AwsClientOptions());
        var options = new BrokerOptions { Region = home, MaxSessions = 20_000 };
        var quotas = new CallQuotas(
            new QuotaSettings { Rates = QuotaRates.Learnt, Concurrency = concurrency, ConcurrencyPerService = concurrency }, time);
        var keys = new FixedCredentials(new AwsCredentials(Of("access_key_id"), Of("secret_access_key"), Of("session_token")));
        var entrance = new Entrance(new CredentialBroker(new RoleAssumption(client, keys, options, time, quotas), options, time), client, "CentralOpsTargetRole", quotas);
        var accounts = new AccountDirectory(new OrganizationsSource(entrance, reader, home), time);
        _services = new ToolServices(new WayIn(accounts, AccessRules.LocalOnly, entrance), accounts, home, time);
    }

    public async Task<JsonElement> AskAsync(string tool, string arguments)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var call = new ToolCall(Encoding.UTF8.GetBytes(arguments), Caller.Local, "bench", _services);
        await ToolCatalog.Tools.Single(candidate => string.Equals(candidate.Name, tool, StringComparison.Ordinal)).RunAsync(call, output, CancellationToken.None);
        return JsonElement.Parse(output.WrittenSpan);
    }

    public void Dispose() => _http.Dispose();
}
