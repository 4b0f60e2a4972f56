using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Bench.Calls;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Bench.Fleet;

/// <summary>A sandbox in a process of its own: an organization of which one account in twenty is broken, in six ways, and in which every call takes its time.</summary>
internal static class FleetSandbox
{
    private const string Role = "arn:aws:iam::111111111111:role/CentralOpsLambdaRole";

    /// <param name="file">Where the address, the credentials and the accounts are written, as JSON.</param>
    /// <param name="latencyMs">Of every call; 0 for none.</param>
    public static async Task<int> ServeAsync(int accounts, int latencyMs, string file)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Estate = Estate.OfSize(accounts, Estate.DefaultSeed) }, CancellationToken.None);
        var keys = sandbox.SessionOf(Role, "bench", TimeSpan.FromHours(12));
        var told = new JsonObject
        {
            ["endpoint"] = sandbox.Url.GetLeftPart(UriPartial.Authority),
            ["access_key_id"] = keys.AccessKeyId,
            ["secret_access_key"] = keys.SecretAccessKey,
            ["session_token"] = keys.SessionToken,
            ["process"] = Environment.ProcessId,
        };
        var all = await AccountsAsync(JsonElement.Parse(told.ToJsonString()));
        told["accounts"] = new JsonArray([.. all.Select(static id => (JsonNode)id)]);

        // 1 % is suspended or without a role in the organization itself; the other 4 % answer the question wrongly.
        for (var index = 0; index < accounts / 25; index++)
        {
            sandbox.Faults.Add(Broken(index % 4, all[((index * 25) + 7) % all.Count]));
        }

        if (latencyMs > 0)
        {
            sandbox.Faults.Add(new Fault(FaultKind.Latency, LatencyMs: latencyMs));
        }

        await File.WriteAllTextAsync(file + ".next", told.ToJsonString());
        File.Move(file + ".next", file, overwrite: true);
        return await Served.UntilTerminatedAsync();
    }

    private static async Task<List<string>> AccountsAsync(JsonElement place)
    {
        using var caller = new FleetCaller(place, concurrency: 16);
        var (accounts, arguments) = (new List<string>(), new JsonObject { ["limit"] = 1000 });
        do
        {
            var page = await caller.AskAsync("list_accounts", arguments.ToJsonString());
            accounts.AddRange(page.GetProperty("accounts").EnumerateArray().Select(static account => account.GetProperty("Id").GetString()!));
            arguments["next_token"] = page.GetProperty("next_token").GetString();
        }
        while (arguments["next_token"] is not null);

        return accounts;
    }

    private static Fault Broken(int way, string account) => way switch
    {
        0 => new Fault(FaultKind.Deny, account, Service: "ec2", Operation: "DescribeInstances"),
        1 => new Fault(FaultKind.Deny, account, Service: "ec2", Operation: "DescribeInstances", Policy: "scp", Explicit: true),
        2 => new Fault(FaultKind.Malformed, account, Service: "ec2", Operation: "DescribeInstances"),
        _ => new Fault(FaultKind.Truncated, account, Service: "ec2", Operation: "DescribeInstances"),
    };
}
