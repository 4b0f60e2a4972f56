using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CentralOps.Bench.Wire;
using CentralOps.Gateway;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Discovery;
using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Targets;
using CentralOps.Text.Search;
using CentralOps.Text.Tests.Search;

namespace CentralOps.Bench.Search;

/// <summary>
/// Searching a view's tools against one scan of all of them with the same scoring. The scan has its documents stemmed and the query read beforehand;
/// the search reads the query, typing mistakes and all.
/// </summary>
internal static class SearchBench
{
    private const int Results = 10;

    private static readonly string[] Queries =
    [
        "which servers are running", "list ec2 instances", "buckets open to public", "list db", "databse clusters", "kuberntes", "alarms that fire", "cpu utilization over time",
        "lambda functions", "describe", "who may assume this role", "DescribeDBInstances", "create a load balancer", "delete snapshot", "costs by service and tag",
        "firewall rules of a vpc", "secuirty groups", "organizational units and their acounts", "start replication task", "get object",
    ];

    public static int Run(string corpus, int[] sizes, int pairs)
    {
        Console.WriteLine($"{"search, linear scan (medians)",-46} {pairs} pairs, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}");
        var lines = File.ReadAllLines(corpus);
        foreach (var size in sizes)
        {
            // Evenly over all services.
            var tools = Enumerable.Range(0, size).Select(i => Tool(lines[(int)((long)i * lines.Length / size)])).ToArray();
            Measure(tools, pairs);
        }

        return 0;
    }

    private static void Measure(CatalogTool[] tools, int pairs)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var index = ToolIndex.Build(tools);
        var built = Stopwatch.GetElapsedTime(started);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"{tools.Length,6:N0} tools: index built in {built.TotalMilliseconds:F0} ms, {held / 1024.0 / 1024:F1} MB, {index.Words.Terms.Count:N0} stems");

        var scan = new LinearScan(tools.Select(ToolIndex.Document), ToolIndex.Rules);
        var plans = Array.ConvertAll(Queries, index.Words.Plan);
        Check(index, scan, plans);
        Pairs.Run(
            $"{Queries.Length} queries over {tools.Length:N0} tools",
            pairs,
            () => Array.ForEach(Queries, query => index.Words.Search(query, Results)),
            () => Array.ForEach(plans, plan => scan.Search(plan, index.Words.Terms, Results)));
        Latencies(index);
    }

    // A faster wrong answer would be none.
    private static void Check(ToolIndex index, LinearScan scan, QueryPlan[] plans)
    {
        for (var i = 0; i < plans.Length; i++)
        {
            if (!index.Words.Search(Queries[i], Results).SequenceEqual(scan.Search(plans[i], index.Words.Terms, Results)))
            {
                throw new InvalidOperationException($"The index and the scan disagree on '{Queries[i]}'.");
            }
        }
    }

    private static void Latencies(ToolIndex index)
    {
        const int Rounds = 250;
        var times = new double[Rounds * Queries.Length];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            index.Search(Queries[i % Queries.Length], Results);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / times.Length;
        Array.Sort(times);
        Console.WriteLine($"{"",6} one search: p50 {times[times.Length / 2]:F0} us, p99 {times[times.Length * 99 / 100]:F0} us, longest {times[^1]:F0} us, {allocated:N0} bytes allocated");
    }

    private static readonly CatalogTarget Target = new(
        new TargetConfig { TargetId = "BENCH00001", Name = "bench", Endpoint = new TargetEndpoint.Builtin("bench") }, new Nowhere(), Prefixes: false);

    private static CatalogTool Tool(string line)
    {
        using var document = JsonDocument.Parse(line);
        var tool = document.RootElement;
        return new CatalogTool
        {
            Name = tool.GetProperty("name").GetString()!,
            QualifiedName = tool.GetProperty("name").GetString()!,
            Description = tool.GetProperty("description").GetString()!,
            Target = Target,
            InputSchema = tool.GetProperty("inputSchema").Clone(),
            Arguments = new SchemaNode { Type = SchemaType.Object },
        };
    }

    private sealed class Nowhere : ITarget
    {
        public ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
