using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CentralOps.Accounts.Directory;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Tests.Fixtures;
using CentralOps.Proxy.Upstreams;
using CentralOps.Sandbox.Faults;
using Xunit.Abstractions;

namespace CentralOps.Proxy.Tests.Serving;

/// <summary>Eight clients with a proxy each, who share accounts but not what their proxies know, sessions that end after seconds, and the server's quotas on.</summary>
public sealed class RushTests(ITestOutputHelper output)
{
    private const int Clients = 8;

    [Fact]
    public Task A_hundred_calls_over_ten_accounts_lose_nothing() => RushAsync(accounts: 10, calls: 100);

    /// <summary>With <c>CENTRALOPS_RUSH=full</c>.</summary>
    [RushFact]
    public Task A_thousand_calls_over_fifty_accounts_lose_nothing() => RushAsync(accounts: 50, calls: 1000);

    private async Task RushAsync(int accounts, int calls)
    {
        await using var proxy = await TestProxy.StartAsync(new() { Quotas = UpstreamQuotas.AwsMcpServer, Timeout = TimeSpan.FromMinutes(5), Accounts = accounts + 5 });
        proxy.Sandbox.Faults.Add(new Fault(FaultKind.SessionLifetime) { Seconds = 20 });
        proxy.Server.PerSecond = 3;
        proxy.Server.MaxConcurrent = 27;
        proxy.Server.MaxSessions = 180;
        var named = (await proxy.Directory.ListAsync(AccountDetail.None, default)).Accounts
            .Where(static account => !account.IsSuspended && account.Name is not "Management").Skip(1).Select(static account => account.Id.ToString()).Take(accounts).ToList();
        named.Count.ShouldBe(accounts);
        var (troubles, answered) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());

        // 1. The rush.
        var begun = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            await using var own = proxy.Another();
            var client = await proxy.Connect(own).InitializeAsync(number % 2 == 0 ? "2025-11-25" : "2025-06-18");
            var mine = Enumerable.Range(0, calls).Where(call => call % Clients == number).Select(call => named[call / Clients % accounts]);
            await Parallel.ForEachAsync(mine, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (account, _) =>
            {
                var result = await client.CallAsync("aws___run_script", $$"""{"account_id":"{{account}}","code":"1"}""");
                var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
                if (result.TryGetProperty("isError", out var isError) && isError.GetBoolean())
                {
                    troubles.Enqueue(text);
                    return;
                }

                JsonDocument.Parse(text).RootElement.GetProperty("account").GetString().ShouldBe(account);
                answered.Enqueue(account);
            });
        }));
        output.WriteLine($"{calls} calls over {accounts} accounts by {Clients} clients in {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s; the server turned {proxy.Server.Throttled} requests away, {troubles.Count} throttles were told.");

        troubles.ShouldAllBe(static trouble => trouble.StartsWith("[throttled]", StringComparison.Ordinal));
        (answered.Count + troubles.Count).ShouldBe(calls);
        proxy.Server.Ran.ShouldBe(answered.Count, "what was answered ran once, and nothing else ran");
        proxy.Server.MostAtOnce.ShouldBeLessThanOrEqualTo(27);

        // 2. What the proxy adds, one call at a time, to a request that is signed by hand.
        (proxy.Server.PerSecond, proxy.Server.MaxConcurrent) = (null, null);
        await using var quiet = proxy.Before(proxy.Server.Url, "aws-mcp", UpstreamQuotas.Open);
        var last = await proxy.Connect(quiet).InitializeAsync();
        await last.ToldAsync("aws___list_regions");
        var known = proxy.Server.Calls.Last();
        proxy.Server.Key(known.KeyId, out var key);
        using var http = new HttpClient();
        var direct = await MedianAsync(() => DirectAsync(http, proxy.Server.Url, new AwsCredentials(key!.Id, key.Secret, key.SessionToken), known.Session));
        var through = await MedianAsync(() => last.ToldAsync("aws___list_regions"));
        output.WriteLine($"p50 of a call: {direct.TotalMilliseconds:0.00} ms signed by hand, {through.TotalMilliseconds:0.00} ms through the proxy: {(through - direct).TotalMilliseconds:0.00} ms more.");
    }

    private static async Task<TimeSpan> MedianAsync(Func<Task> call)
    {
        var times = new List<TimeSpan>();
        for (var number = 0; number < 100; number++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await call();
            times.Add(TimeProvider.System.GetElapsedTime(begun));
        }

        return times.Order().ElementAt(50);
    }

    private static async Task DirectAsync(HttpClient http, string url, AwsCredentials credentials, string session)
    {
        var body = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"aws___list_regions","arguments":{}}}"""u8.ToArray();
        var uri = new Uri(url);
        var wire = new WireRequest { Method = "POST", Path = uri.AbsolutePath, Body = body };
        wire.Headers.Add("Host", uri.Authority);
        wire.Headers.Add("Mcp-Session-Id", session);
        SignatureV4.Sign(wire, credentials, new SigningScope("us-east-1", "aws-mcp"), DateTimeOffset.UtcNow);
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in wire.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        (await response.Content.ReadAsStringAsync()).ShouldContain("result");
    }

    private sealed class RushFactAttribute : FactAttribute
    {
        public RushFactAttribute() =>
            Skip = Environment.GetEnvironmentVariable("CENTRALOPS_RUSH") is "full" ? null : "It takes a minute or two: set CENTRALOPS_RUSH=full to run it.";
    }
}
