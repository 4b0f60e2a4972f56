using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Fleet;

/// <summary>
/// Sixty-four callers who ask small, middling and large questions at once through one governor of a quarter of their number. Counted in calls
/// to AWS, not in seconds: the machine's pace says nothing about fairness.
/// </summary>
public sealed class FairCallsTests
{
    private const string Tool = "describe_ec2_instances";
    private const int Callers = 64;
    private const int AtOnce = 16;

    [Fact]
    public async Task No_caller_of_many_accounts_waits_more_than_twice_its_fair_share()
    {
        var time = new ManualTime();
        var quotas = new CallQuotas(new QuotaSettings { Rates = QuotaRates.Learnt, Concurrency = AtOnce, ConcurrencyPerService = AtOnce }, time);
        var served = 0;
        var callers = Enumerable.Range(0, Callers).Select(number => new Asking(number, time, quotas, () => Interlocked.Increment(ref served))).ToList();

        await Task.WhenAll(callers.Select(static caller => caller.PrepareAsync()));

        // Everybody has begun before the first call is answered, the greedy first.
        var running = callers.Select(caller => Task.Run(caller.AskAsync)).ToList();
        await Until(() => quotas.Waiting >= Callers - AtOnce && callers.TrueForAll(static caller => caller.HasBegun));
        callers.ForEach(static caller => caller.Open());
        await Task.WhenAll(running);

        served.ShouldBe(callers.Sum(static caller => caller.Calls));
        foreach (var caller in callers)
        {
            // Had all gone on evenly, nobody would have had more calls by then than this one needed.
            var share = callers.Sum(other => Math.Min(other.Calls, caller.Calls));
            caller.LastCall.ShouldBeLessThanOrEqualTo((2 * share) + AtOnce, $"{caller.Name} of {caller.Calls} calls");
        }

        callers.Where(static caller => caller.Calls < 10).Max(static caller => caller.LastCall).ShouldBeLessThan(served / 2, "The small are not behind the large.");
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            tries.ShouldBeLessThan(6000);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>A caller and a question: one in four asks twenty accounts in three regions, one in four five in two, the others one in one.</summary>
    private sealed class Asking
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ToolRunner _runner;
        private readonly string _arguments;
        private int _calls;
        private bool _isPrepared;

        public Asking(int number, ManualTime time, CallQuotas quotas, Func<int> serve)
        {
            var (accounts, regions) = (number % 4) switch { 0 => (20, 3), 1 => (5, 2), _ => (1, 1) };
            Name = $"caller-{number}";
            var fleet = StubFleet.Of(20, 3, static (_, _) => 2);
            fleet.Instead = async (_, _, cancellationToken) =>
            {
                if (!_isPrepared)
                {
                    return null;
                }

                Interlocked.Increment(ref _calls);
                LastCall = serve();
                await _open.Task;

                // AWS takes its time: what waits stands in line meanwhile.
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
                return null;
            };
            var caller = new Caller($"arn:aws:iam::111111111111:user/{Name}", CallerKind.Iam);
            _runner = new ToolRunner(fleet.Aws, time, quotas) { Caller = caller, Rules = AccessRules.Everybody };
            _arguments = new JsonObject
            {
                ["accounts"] = new JsonArray([.. Enumerable.Range(number % (21 - accounts), accounts).Select(static account => (JsonNode)StubFleet.Id(account))]),
                ["region"] = new JsonArray([.. Enumerable.Range(0, regions).Select(static region => (JsonNode)StubFleet.Region(region))]),
                ["max_bytes"] = 1_000_000,
            }.ToJsonString();
        }

        public string Name { get; }

        public int Calls => _calls;

        /// <summary>Which of all calls its last one was.</summary>
        public int LastCall { get; private set; }

        public bool HasBegun { get; private set; }

        /// <summary>The list of accounts is the process's own question, and no caller's.</summary>
        public async Task PrepareAsync()
        {
            await _runner.RunAsync(Tool, $$"""{"accounts":["{{StubFleet.Id(0)}}"],"region":["{{StubFleet.Region(0)}}"]}""");
            _isPrepared = true;
        }

        public void Open() => _open.SetResult();

        public async Task AskAsync()
        {
            // It is a caller as soon as it stands in line, whether or not AWS has heard of it.
            HasBegun = true;
            var answer = await _runner.RunAsync(Tool, _arguments);
            answer.TryGetProperty("error", out var error).ShouldBeFalse(error.ToString());
            answer.GetProperty("summary").GetProperty("skipped").GetInt32().ShouldBe(0);
            answer.GetProperty("failures").GetArrayLength().ShouldBe(0);
        }
    }
}
