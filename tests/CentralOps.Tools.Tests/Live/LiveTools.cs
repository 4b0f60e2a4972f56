using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Tests.Live;

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
        RegionName.TryParse("us-east-1", out var home).ShouldBeTrue();
        AccountId.TryParse(directory, out var reader).ShouldBeTrue();
        var url = endpoint.GetLeftPart(UriPartial.Authority);
        Client = new AwsClient(_http, new EndpointResolver(EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL" ? url : null)), time, new AwsClientOptions());
        var options = new BrokerOptions { Region = home };
        Assumption = new RoleAssumption(Client, new FixedCredentials(keys), options, time);
        var broker = new CredentialBroker(change?.Invoke(Assumption) ?? Assumption, options, time);
        var entrance = Entrance = new Entrance(broker, Client, "CentralOpsTargetRole");
        var accounts = new AccountDirectory(new OrganizationsSource(entrance, reader, home), time);
        _services = new ToolServices(new WayIn(accounts, AccessRules.LocalOnly, entrance), accounts, home, time);
    }

    public async Task<JsonElement> AskAsync(string tool, JsonObject arguments)
    {
        var output = new ArrayBufferWriter<byte>();
        var call = new ToolCall(System.Text.Encoding.UTF8.GetBytes(arguments.ToJsonString()), Caller.Local, "request-1", _services);
        await ToolCatalog.Tools.Single(candidate => candidate.Name == tool).RunAsync(call, output, CancellationToken.None);
        return JsonDocument.Parse(output.WrittenMemory.ToArray()).RootElement;
    }

    /// <summary>All items of a list, some at a time.</summary>
    public async Task<List<JsonElement>> FollowAsync(string tool, JsonObject arguments, string list, int limit)
    {
        var items = new List<JsonElement>();
        string? token = null;
        do
        {
            var page = arguments.DeepClone().AsObject();
            page["limit"] = limit;
            page["next_token"] = token;
            var answer = await AskAsync(tool, page);
            answer.TryGetProperty("error", out var error).ShouldBeFalse($"{tool}: {error}");
            items.AddRange(answer.GetProperty(list).EnumerateArray());
            token = answer.GetProperty("next_token").GetString();
            answer.GetProperty("truncated").GetBoolean().ShouldBe(token is not null);
            items.Count.ShouldBeLessThan(100_000);
        }
        while (token is not null);

        return items;
    }

    public void Dispose() => _http.Dispose();
}
