using System.Diagnostics;
using System.Text.Json;

namespace CentralOps.Bench.Fleet;

/// <summary>One question to a whole organization: how long it takes against the shortest possible time, and what it costs this process.</summary>
internal static class FleetBench
{
    private const string Tool = "describe_ec2_instances";

    /// <param name="file">What <see cref="FleetSandbox"/> wrote.</param>
    /// <param name="region">As the tool takes it: <c>all</c>, or one.</param>
    public static async Task<int> RunAsync(string file, string region, int concurrency, int latencyMs, int runs)
    {
        var place = JsonElement.Parse(await File.ReadAllBytesAsync(file));
        var arguments = $$"""{"accounts":"all","region":{{(region is "all" ? "\"all\"" : $"[\"{region}\"]")}},"fields":["InstanceId"],"max_bytes":6000000}""";
        Console.WriteLine($"{"run",-6} {"wall s",8} {"critical",9} {"ratio",6} {"CPU s",7} {"its CPU s",9} {"ms/place",9} {"MB",7} {"MB/account",11} {"calls",7}  summary");

        // The sandbox shares the cores: where its CPU and ours add up to more than the cores have in the critical path, no caller can be faster.
        using var sandbox = Process.GetProcessById(place.GetProperty("process").GetInt32());
        for (var run = 0; run <= runs; run++)
        {
            using var caller = new FleetCaller(place, concurrency);

            // The list of accounts is kept by the process: it is no part of the question.
            await caller.AskAsync("list_accounts", """{"limit":1}""");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            sandbox.Refresh();
            var theirs = sandbox.TotalProcessorTime;
            var (cpu, resident, startedAt) = (process.TotalProcessorTime, process.WorkingSet64, Stopwatch.GetTimestamp());
            var answer = await caller.AskAsync(Tool, arguments);
            var wall = Stopwatch.GetElapsedTime(startedAt);
            process.Refresh();
            sandbox.Refresh();
            var (used, grown) = (process.TotalProcessorTime - cpu, (process.WorkingSet64 - resident) / 1048576.0);
            var summary = answer.GetProperty("summary");
            int Of(string name) => summary.GetProperty(name).GetInt32();
            var places = Of("succeeded") + Of("empty") + Of("failed");

            // Each account that was entered costs an AssumeRole, and for all regions a DescribeRegions; an account without a role an AssumeRole and a look at the directory.
            var shut = answer.GetProperty("failures").EnumerateArray().Count(static failure => failure.GetProperty("region").ValueKind == JsonValueKind.Null);
            var calls = places + Of("accounts") + (region is "all" ? Of("accounts") - shut : 0);
            var critical = Math.Ceiling((double)calls / concurrency) * latencyMs / 1000;
            Console.WriteLine(
                $"{(run == 0 ? "warm" : run),-6} {wall.TotalSeconds,8:F2} {critical,9:F2} {wall.TotalSeconds / critical,6:F2} {used.TotalSeconds,7:F2} {(sandbox.TotalProcessorTime - theirs).TotalSeconds,9:F2} {used.TotalMilliseconds / places,9:F3} {grown,7:F1} {grown / Of("accounts"),11:F3} {calls,7}  " +
                $"{Of("accounts")} accounts, {Of("regions")} regions, {Of("succeeded")}+{Of("empty")} places, {Of("failed")} failed, {Of("skipped")} skipped, {Of("items")} items");
        }

        return 0;
    }
}
