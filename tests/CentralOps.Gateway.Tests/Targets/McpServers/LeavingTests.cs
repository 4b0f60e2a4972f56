using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Callers that leave beside callers that stay.</summary>
public sealed class LeavingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Of_many_calls_at_once_those_that_are_left_take_nothing_from_the_others_and_each_gets_its_own_answer()
    {
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            if (received.Method is "server/discover")
            {
                await context.ResultAsync(received, """{"supportedVersions":["2026-07-28"],"resultType":"complete"}""");
                return;
            }

            var number = received.Params.GetProperty("arguments").GetProperty("n").GetInt32();
            if (number % 3 == 0)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await context.ResultAsync(received, $$"""{"resultType":"complete","content":[],"n":{{number}}}""");
        });
        var target = peer.Open();

        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(round * 30, 30).Select(number => CallAsync(target, peer, number)));
        }
    }

    private static async Task CallAsync(ITarget target, McpPeer peer, int number)
    {
        using var caller = new CancellationTokenSource();
        var call = target.CallAsync(arguments: $$"""{"n":{{number}}}""", version: "2026-07-28", cancellationToken: caller.Token).AsTask();
        if (number % 3 == 0)
        {
            await Eventually.BecomesTrue(() => peer.Calls.Any(received => received.Params.GetProperty("arguments").GetProperty("n").GetInt32() == number));
            await caller.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(call.WaitAsync(Patience));
            return;
        }

        (await call.WaitAsync(Patience)).Text().ShouldBe($$"""{"resultType":"complete","content":[],"n":{{number}}}""");
    }
}
