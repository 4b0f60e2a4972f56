using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>
/// Tools called through <c>up --record</c> while function processes are killed in the middle and callers go away: each accepted call has one beginning and at most one
/// end, and what ended names exactly what AWS saw. CENTRALOPS_LONG=1 makes 10,000 calls.
/// </summary>
public sealed class KilledFunctionTests(ITestOutputHelper output)
{
    private static readonly int Calls = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 } ? 10_000 : 300;

    private static readonly (string Tool, string Account)[] Mix =
    [
        ("ec2___describe_ec2_instances", "222222222222"), ("ec2___describe_ec2_vpcs", "Production"), ("rds___describe_rds_instances", "333333333333"),
        ("lambda___list_lambda_functions", "222222222222"), ("s3___list_s3_buckets", "222222222222"), ("ec2___describe_ec2_instances", "000000000001"),
    ];

    [Fact]
    public async Task Every_accepted_call_is_on_record_once_whatever_was_killed()
    {
        await using var up = await RunningUp.StartAsync("--record");
        var (answered, lost, gone, killed) = (0, 0, 0, 0);
        using var done = new CancellationTokenSource();
        var killing = KillAsync(up, () => killed++, done.Token);
        var trail = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var following = FollowAsync(up, trail, done.Token);
        await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (number, _) =>
        {
            var dice = new Random(number);
            var (tool, account) = Mix[number % Mix.Length];
            using var away = new CancellationTokenSource();
            if (dice.Next(12) == 0)
            {
                away.CancelAfter(TimeSpan.FromMilliseconds(dice.Next(30)));
            }

            try
            {
                var answer = await AnswersAsync(up, tool, account, away.Token);
                Interlocked.Increment(ref answer ? ref answered : ref lost);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref gone);
            }
        });
        await done.CancelAsync();
        await killing;
        await following;
        await ReadTrailAsync(up, trail);
        (await up.InterruptAsync()).ShouldBe(0);

        // 1. Nothing is broken: what a killed process left behind its last head is all there may be.
        var verified = await up.CentralOpsAsync("ledger", "verify", "--allow-unsigned", "--output", "json");
        verified.ExitCode.ShouldBe(0, verified.Out + verified.Error);
        verified.Json.GetProperty("findings").EnumerateArray().Select(static finding => finding.GetProperty("kind").GetString()).Distinct().ShouldBeSubsetOf(["unsigned"]);

        // 2. One beginning each, at most one end; what was killed in the middle reads so.
        var searched = await up.CentralOpsAsync("ledger", "search", "--limit", "100000", "--output", "json");
        var calls = searched.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        calls.Select(static call => Text(call, "call")).Distinct().Count().ShouldBe(calls.Count);
        var outcomes = calls.CountBy(static call => Text(call, "outcome")).ToDictionary(StringComparer.Ordinal);
        output.WriteLine($"{Calls} calls, {killed} processes killed: {answered} answered, {lost} lost, {gone} given up; recorded: {string.Join(", ", outcomes)}");
        killed.ShouldBePositive();
        outcomes.Keys.ShouldBeSubsetOf(["answered", "refused", "partial", "cancelled", "interrupted"]);
        calls.Count.ShouldBeInRange(answered, Calls);

        // 3. Whoever was answered has a beginning, and an end but where the process was killed right after its answer.
        (outcomes.GetValueOrDefault("answered") + outcomes.GetValueOrDefault("refused") + outcomes.GetValueOrDefault("interrupted")).ShouldBeGreaterThanOrEqualTo(answered);

        // 4. What ended names the very requests that AWS saw for it.
        foreach (var call in calls.Where(static call => Text(call, "outcome") is "answered" or "refused"))
        {
            var told = call.GetProperty("accounts").EnumerateArray().SelectMany(static account => account.GetProperty("operations").EnumerateArray())
                .SelectMany(static operation => operation.GetProperty("request_ids").EnumerateArray()).Select(static id => id.GetString()!);
            told.ShouldBe(trail.GetValueOrDefault(Text(call, "request_id"), []), ignoreOrder: true, call.ToString());
        }
    }

    /// <summary>Kills a function process that runs, again and again.</summary>
    private static async Task KillAsync(RunningUp up, Action count, CancellationToken done)
    {
        for (var round = 0; !done.IsCancellationRequested; round++)
        {
            var functions = await up.FunctionsAsync();
            if (functions.Count > 0)
            {
                Signals.Send(functions[round % functions.Count].Pid, Signals.Kill);
                count();
            }

            await Task.Delay(250, CancellationToken.None);
        }
    }

    /// <returns>Whether the tool answered, be it with a refusal; false where its process was lost.</returns>
    private static async Task<bool> AnswersAsync(RunningUp up, string tool, string account, CancellationToken cancellationToken)
    {
        var answer = await Harness.Calls.ToolAsync(up.GatewayUrl, tool, new JsonObject { ["account_id"] = account }, cancellationToken);
        return answer.TryGetProperty("result", out var result)
            && result.GetProperty("content")[0].GetProperty("text").GetString()!.StartsWith('{');
    }

    /// <summary>The trail keeps its last 10,000 events: of many calls it has to be read while they are made.</summary>
    private static async Task FollowAsync(RunningUp up, Dictionary<string, HashSet<string>> trail, CancellationToken done)
    {
        for (var round = 1; !done.IsCancellationRequested; round++)
        {
            if (round % 20 == 0)
            {
                await ReadTrailAsync(up, trail);
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>Adds AWS's request ids to what is known, by the id of the call that they were made for.</summary>
    private static async Task ReadTrailAsync(RunningUp up, Dictionary<string, HashSet<string>> trail)
    {
        var ran = await up.CentralOpsAsync("sandbox", "trail", "--limit", "10000", "--output", "json");
        foreach (var record in ran.Json.GetProperty("Records").EnumerateArray())
        {
            var mark = (record.GetProperty("userAgent").GetString() ?? "").Split(' ').FirstOrDefault(static part => part.StartsWith("md/request#", StringComparison.Ordinal));
            if (mark is not null)
            {
                var call = mark["md/request#".Length..];
                trail.TryAdd(call, new(StringComparer.Ordinal));
                trail[call].Add(record.GetProperty("requestID").GetString()!);
            }
        }
    }

    private static string Text(JsonElement call, string name) => call.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
