using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Discovery;

/// <summary>Search under tool sets: what is found is what is listed and can be called, whatever else the gateway has.</summary>
public sealed class ViewTests
{
    private static readonly TargetConfig Shown = TestGateway.Target("a", SearchedGateway.Tool("list_buckets", "Lists buckets."), SearchedGateway.Tool("list_keys", "Lists keys."));
    private static readonly TargetConfig Hidden = TestGateway.Target("b", SearchedGateway.Tool("list_secret_buckets", "Lists secret buckets."), SearchedGateway.Tool("list_secrets", "Lists secrets."));

    [Theory]
    [InlineData("a___*", "a___list_buckets")]
    [InlineData("b___list_secrets", "b___list_secrets")]
    [InlineData("*", "b___list_secret_buckets,a___list_buckets,b___list_secrets")]
    [InlineData("c___*", "")]
    public async Task A_caller_finds_what_his_sets_admit(string pattern, string found)
    {
        await using var gateway = await StartAsync([Shown, Hidden], pattern);
        (await gateway.FindAsync("secret buckets")).ShouldBe(found.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_caller_that_no_set_names_finds_nothing()
    {
        await using var gateway = await SearchedGateway.StartAsync(TestGateway.Config(Shown) with { ToolSets = [new ToolSet("others", ["arn:aws:iam::111111111111:role/Other"], ["*"])] });
        (await gateway.FindAsync("buckets")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_hidden_shows_in_no_answer_and_in_no_rank()
    {
        await using var both = await StartAsync([Shown, Hidden], "a___*");
        await using var alone = await StartAsync([Shown], "*");
        foreach (var query in new[] { "list", "secret buckets", "secrets", "buckets keys", "lsit bukcets" })
        {
            (await both.SearchAsync(query)).Body.ShouldBe((await alone.SearchAsync(query)).Body, query);
        }
    }

    private static Task<TestGateway> StartAsync(TargetConfig[] targets, string pattern) =>
        SearchedGateway.StartAsync(TestGateway.Config(targets) with { ToolSets = [new ToolSet("set", ["anonymous"], [pattern])] });
}
