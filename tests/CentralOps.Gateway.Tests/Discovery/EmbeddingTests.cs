using System.Diagnostics;
using CentralOps.Gateway.Discovery.Embeddings;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.Extensions.AI;

namespace CentralOps.Gateway.Tests.Discovery;

public sealed class EmbeddingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly GatewayConfig Animals = TestGateway.Config(TestGateway.Target(
        "a", SearchedGateway.Tool("one", "Counts each whisker."), SearchedGateway.Tool("two", "Buys a leash."), SearchedGateway.Tool("three", "Measures a fin.")));

    [Theory]
    [InlineData("titan")]
    [InlineData("openai")]
    public async Task Tools_are_found_by_what_they_mean_without_a_word_in_common(string kind)
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        await using var gateway = await SearchedGateway.StartAsync(Animals, options => options with { Embeddings = Options(Generator(endpoint, kind)) });

        await UntilAsync(async () => (await gateway.FindAsync("feline")) is ["a___one", ..]);
        (await gateway.FindAsync("something canine"))[0].ShouldBe("a___two");
        endpoint.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rank_by_words_and_one_by_meaning_become_one()
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        await using var gateway = await SearchedGateway.StartAsync(Animals, options => options with { Embeddings = Options(endpoint.OpenAI()) });
        await UntilAsync(async () => (await gateway.FindAsync("feline")).Length == 3);

        // The word says the third, the meaning the first; the third has a place in both rankings, and so has the first only by its meaning.
        (await gateway.FindAsync("measures a cat"))[..2].ShouldBe(["a___three", "a___one"]);
    }

    [Fact]
    public async Task A_model_that_fails_leaves_search_by_words_and_its_key_in_no_log()
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        endpoint.Before = _ => Task.FromResult(500);
        using var logs = new TestLogs();
        await using (var gateway = await SearchedGateway.StartAsync(Animals, options => options with { Embeddings = Options(endpoint.OpenAI()), Logging = logs }))
        {
            for (var i = 0; i < 5; i++)
            {
                (await gateway.FindAsync("leashes")).ShouldBe(["a___two"]);
            }

            (await gateway.FindAsync("feline")).ShouldBeEmpty();
            await UntilAsync(() => Task.FromResult(logs.Lines.Any(line => line.Text.StartsWith("Embeddings of 3 tools could not be made.", StringComparison.Ordinal))));
            logs.Lines.Count(line => line.Text.StartsWith("The model that embeds queries failed or was late 3 times in a row.", StringComparison.Ordinal)).ShouldBe(1);
        }

        await using (await SearchedGateway.StartAsync(Animals, options => options with { Embeddings = Options(endpoint.OpenAI("sk-wrong-9876543210")), Logging = logs }))
        {
            await UntilAsync(() => Task.FromResult(logs.Lines.Any(line => line.Text.Contains("answered with HTTP 401", StringComparison.Ordinal))));
        }

        logs.Lines.ShouldAllBe(line => !line.Text.Contains("sk-", StringComparison.Ordinal) && !line.Text.Contains("whisker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_is_slow_costs_a_search_its_deadline_and_no_more()
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        var never = new TaskCompletionSource<int>();
        var time = new ManualTime();
        await using var gateway = await SearchedGateway.StartAsync(
            Animals, options => options with { Time = time, Embeddings = Options(endpoint.OpenAI()) with { QueryDeadline = TimeSpan.FromMilliseconds(300) } });
        await UntilAsync(() => Task.FromResult(endpoint.Texts.Count == 3));
        endpoint.Before = _ => never.Task;

        // Three are late; after them nobody waits, until half a minute has passed.
        for (var i = 0; i < 3; i++)
        {
            var search = gateway.FindAsync("leash");
            using var patience = new CancellationTokenSource(Patience);
            await time.UntilAwaitedAsync(TimeSpan.FromMilliseconds(300), patience.Token);
            search.IsCompleted.ShouldBeFalse();
            time.Advance(TimeSpan.FromMilliseconds(300));
            (await search.WaitAsync(Patience)).ShouldBe(["a___two"]);
        }

        (await gateway.FindAsync("leash").WaitAsync(Patience)).ShouldBe(["a___two"]);
        endpoint.Before = _ => Task.FromResult(200);
        time.Advance(TimeSpan.FromSeconds(31));
        (await gateway.FindAsync("feline").WaitAsync(Patience))[0].ShouldBe("a___one");
        never.SetResult(500);
    }

    [Fact]
    public async Task Only_what_changed_is_computed_again()
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        var embeddings = Options(endpoint.Titan());
        await using (await SearchedGateway.StartAsync(Animals, options => options with { Embeddings = embeddings }))
        {
            await UntilAsync(() => Task.FromResult(endpoint.Texts.Count == 3));
        }

        var changed = TestGateway.Config(TestGateway.Target("a", [.. Animals.Targets[0].Catalog.Tools, SearchedGateway.Tool("four", "Hears a bark.")]));
        await using var again = await SearchedGateway.StartAsync(changed, options => options with { Embeddings = embeddings });
        await UntilAsync(async () => (await again.FindAsync("canine")) is [_, _, _, _]);
        endpoint.Texts.Where(text => text != "canine").Count().ShouldBe(4);
        endpoint.Texts.Count(text => text.Contains("bark", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_the_model_refuses_holds_up_no_other()
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        endpoint.Before = text => Task.FromResult(text.Contains("leash", StringComparison.Ordinal) ? 400 : 200);
        var time = new ManualTime();
        using var logs = new TestLogs();
        await using var gateway = await SearchedGateway.StartAsync(
            Animals, options => options with { Time = time, Logging = logs, Embeddings = Options(endpoint.OpenAI()) with { QueryDeadline = TimeSpan.FromSeconds(10) } });
        await UntilAsync(() =>
        {
            time.AdvanceToNext();
            return Task.FromResult(logs.Lines.Any(line => line.Text.StartsWith("A tool's text was refused by the embedding model 3 times", StringComparison.Ordinal)));
        });
        (await gateway.FindAsync("fish")).ShouldBe(["a___three", "a___one"]);
    }

    [Fact]
    public async Task Stopping_ends_the_work_at_once()
    {
        await using var endpoint = await EmbeddingEndpoint.StartAsync();
        var never = new TaskCompletionSource<int>();
        endpoint.Before = _ => never.Task;
        var gateway = await SearchedGateway.StartAsync(Animals, options => options with { Embeddings = Options(endpoint.OpenAI()) });
        await UntilAsync(() => Task.FromResult(!endpoint.Texts.IsEmpty));
        await gateway.DisposeAsync().AsTask().WaitAsync(Patience);
        never.SetResult(500);
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Generator(EmbeddingEndpoint endpoint, string kind) => kind == "titan" ? endpoint.Titan() : endpoint.OpenAI();

    private static EmbeddingOptions Options(IEmbeddingGenerator<string, Embedding<float>> generator) =>
        new() { Generator = generator, Model = "test", QueryDeadline = TimeSpan.FromSeconds(10) };

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Patience);
            await Task.Delay(10);
        }
    }
}
