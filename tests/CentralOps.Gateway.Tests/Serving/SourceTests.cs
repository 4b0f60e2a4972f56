using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Serving;

/// <summary>Gateways that come, change and go while the server runs.</summary>
public sealed class SourceTests
{
    private static readonly TargetConfig Echo = TestGateway.Target("ec2", TestGateway.Tool("echo")) with { Endpoint = new TargetEndpoint.Builtin("test") };

    [Fact]
    public async Task Many_gateways_are_served_each_at_its_path()
    {
        await using var server = await StartAsync(new Source([Config("one-aaaaaaaaaa"), Config("two-aaaaaaaaaa")]));

        (await AskAsync(server, "one-aaaaaaaaaa")).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(server, "two-aaaaaaaaaa")).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(server, "three-aaaaaaaaaa")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_change_is_served_and_what_is_gone_is_not()
    {
        var source = new Source([Config("one-aaaaaaaaaa")]);
        await using var server = await StartAsync(source);

        source.Change([Config("two-aaaaaaaaaa")]);

        await Eventually.BecomesTrue(async () => (await AskAsync(server, "two-aaaaaaaaaa")).Status == HttpStatusCode.OK);
        (await AskAsync(server, "one-aaaaaaaaaa")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_target_that_did_not_change_is_opened_once_and_one_that_is_gone_is_retired()
    {
        var opened = new List<string>();
        var servers = new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal) { ["kept"] = new(_ => "{}"), ["gone"] = new(_ => "{}") };
        var (kept, gone) = (McpGateway.Target("kept"), McpGateway.Target("gone"));
        var source = new Source([Config("one-aaaaaaaaaa") with { Targets = [kept, gone] }]);
        await using var server = await StartAsync(source, (_, target) =>
        {
            opened.Add(target.Name);
            return servers[target.Name];
        });

        source.Change([Config("one-aaaaaaaaaa") with { Targets = [kept], Instructions = "changed" }]);

        await Eventually.BecomesTrue(() => servers["gone"].Retired);
        opened.ShouldBe(["kept", "gone"]);
        servers["kept"].Retired.ShouldBeFalse();
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_served_leaves_the_last_one_that_could_and_harms_no_other()
    {
        var source = new Source([Config("one-aaaaaaaaaa")]);
        await using var server = await StartAsync(source);

        source.Change([Config("one-aaaaaaaaaa") with { Authorizer = GatewayAuthorizer.AwsIam }, Config("two-aaaaaaaaaa")]);

        await Eventually.BecomesTrue(async () => (await AskAsync(server, "two-aaaaaaaaaa")).Status == HttpStatusCode.OK);
        (await AskAsync(server, "one-aaaaaaaaaa")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_source_that_fails_is_asked_again_and_what_was_served_goes_on()
    {
        var source = new Source([Config("one-aaaaaaaaaa")]);
        await using var server = await StartAsync(source);

        source.Fail();
        (await AskAsync(server, "one-aaaaaaaaaa")).Status.ShouldBe(HttpStatusCode.OK);
        source.Change([Config("two-aaaaaaaaaa")]);

        await Eventually.BecomesTrue(async () => (await AskAsync(server, "two-aaaaaaaaaa")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Calls_that_run_while_everything_changes_all_get_their_answer()
    {
        var source = new Source([Config("one-aaaaaaaaaa")]);
        await using var server = await StartAsync(source);
        using var changing = new CancellationTokenSource();
        var changes = Task.Run(() =>
        {
            for (var i = 0; !changing.IsCancellationRequested; i++)
            {
                source.Change([Config("one-aaaaaaaaaa") with { Instructions = $"{i}" }]);
                Thread.Yield();
            }
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => AskAsync(server, "one-aaaaaaaaaa")));
        await changing.CancelAsync();
        await changes;

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_gateway_and_a_source_together_are_refused()
    {
        var options = TestGateway.Options(Config("one-aaaaaaaaaa")) with { Source = new Source([]) };

        (await Should.ThrowAsync<GatewayStartException>(() => GatewayServer.StartAsync(options, default))).Message.ShouldContain("one of them");
    }

    private static GatewayConfig Config(string id) => new() { GatewayId = id, Name = "test", Targets = [Echo] };

    private static Task<GatewayServer> StartAsync(Source source, Func<GatewayConfig, TargetConfig, ITarget>? servers = null) =>
        GatewayServer.StartAsync(TestGateway.Options(TestGateway.Config()) with { Gateway = null, Source = source, McpServers = servers }, default);

    private static async Task<McpAnswer> AskAsync(GatewayServer server, string id)
    {
        using var http = new McpHttp(server.UrlOf(id));
        return await http.PostAsync(McpGateway.Request("tools/list"));
    }

    private sealed class Source(IReadOnlyList<GatewayConfig> first) : IGatewaySource
    {
        private readonly Channel<IReadOnlyList<GatewayConfig>?> _changes = Channel.CreateUnbounded<IReadOnlyList<GatewayConfig>?>();
        private IReadOnlyList<GatewayConfig> _now = first;

        public void Change(IReadOnlyList<GatewayConfig> gateways)
        {
            _now = gateways;
            _changes.Writer.TryWrite(gateways);
        }

        public void Fail() => _changes.Writer.TryWrite(null);

        public async IAsyncEnumerable<IReadOnlyList<GatewayConfig>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return _now;
            await foreach (var change in _changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change ?? throw new IOException("The database is away.");
            }
        }
    }
}
