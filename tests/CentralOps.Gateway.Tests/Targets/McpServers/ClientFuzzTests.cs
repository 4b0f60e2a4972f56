using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Targets.McpServers;
using CentralOps.Gateway.Tests.Fixtures;
using CentralOps.Gateway.Tests.Targets.McpServers.Hostile;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Answers of a hostile server, damaged at random: each is passed on well-formed or is a failure, in good time, and nothing is thrown.</summary>
public sealed class ClientFuzzTests
{
    // './test --long' runs the large form.
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 4_000 : 200_000;

    private const string Url = "https://mcp.example.com/mcp";
    private const int MaxWords = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = RpcMessage.MaxDepth };

    private static readonly string[] Versions = ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

    private static readonly string[] Messages =
    [
        """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"a\u00e9\ud83e\udd8a"}],"structuredContent":{"a":[1.0,1e5]},"resultType":"complete","ttlMs":1}}""",
        """{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"m","data":{"supported":["2025-06-18"]}}}""",
        """{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info"}}""",
        """{"jsonrpc":"2.0","id":"q","method":"ping"}""",
    ];

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public async Task Whatever_a_server_answers_a_call_ends_in_an_answer_or_a_failure(int seed)
    {
        var answered = 0;
        for (var i = 0; i < Cases; i++)
        {
            var random = new Random(HashCode(seed, i));
            using var http = new HttpMessageInvoker(new HostileServer(random));
            var targets = McpPeer.Targets(http: http, time: new ImpatientTime());
            var target = McpPeer.Open(Url, targets: targets);

            var answer = await AskAsync(target, random.Next(6), Versions[random.Next(Versions.Length)]).WaitAsync(Patience);
            await ((IAsyncDisposable)target).DisposeAsync().AsTask().WaitAsync(Patience);

            answered += Judge(answer, $"seed {seed}, case {i}") ? 1 : 0;
        }

        answered.ShouldBeInRange(Cases / 20, Cases * 19 / 20);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public async Task Whatever_a_server_lists_a_synchronization_ends_in_a_catalogue_or_a_reason(int seed)
    {
        var synchronized = 0;
        for (var i = 0; i < Cases / 4; i++)
        {
            using var http = new HttpMessageInvoker(new HostileServer(new Random(HashCode(seed, i))));
            var time = new ImpatientTime();

            var outcome = await new TargetSynchronizer(McpPeer.Targets(http: http, time: time), time)
                .SynchronizeAsync(TestGateway.Config(), McpPeer.Config(Url), default).AsTask().WaitAsync(Patience);

            if (outcome is SyncOutcome.Synchronized { Catalog: var catalog, Warnings: var warnings })
            {
                synchronized++;
                catalog.Tools.ShouldAllBe(tool => tool.Name.Length > 0 && tool.Name.All(char.IsAscii));
                warnings.ShouldAllBe(warning => Fit(warning));
                continue;
            }

            var reason = outcome.ShouldBeOfType<SyncOutcome.Failed>($"seed {seed}, case {i}").Reason;
            Fit(reason).ShouldBeTrue($"seed {seed}, case {i}: {reason}");
        }

        synchronized.ShouldBeGreaterThan(Cases / 100);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public void A_message_is_read_as_any_reader_would_read_it_or_not_at_all(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var i = 0; i < Cases; i++)
        {
            var bytes = Mutation.Of(random, Encoding.UTF8.GetBytes(Messages[random.Next(Messages.Length)]), random.Next(1, 4));

            var message = RpcMessage.Read(bytes);

            var told = $"seed {seed}, case {i}: {Convert.ToBase64String(bytes)}";
            if (message.Kind == RpcKind.Garbage)
            {
                continue;
            }

            read++;
            using var document = JsonDocument.Parse(WellFormedJson.Of(bytes), Deep);
            document.RootElement.TryGetProperty("result", out var result).ShouldBe(message.Kind == RpcKind.Result, told);
            if (message.Kind == RpcKind.Result)
            {
                Members(message.Payload.Raw, result, told);
            }

            if (message.Kind == RpcKind.Error)
            {
                _ = RpcError.SupportedVersions(message);
                Judge(TargetAnswer.Error(RpcError.Shape(message, RpcError.CodeOf(message))), told);
            }

            if (message.Kind == RpcKind.Request)
            {
                using var answer = JsonDocument.Parse(RpcError.Answer(message));
            }
        }

        read.ShouldBeGreaterThan(Cases / 20);
    }

    private static async Task<TargetAnswer> AskAsync(IMcpTarget target, int what, string version) => what switch
    {
        0 => await target.ForwardAsync("tools/list", version: version),
        1 => await target.ForwardAsync("prompts/list", version: version),
        2 => await target.ForwardAsync("resources/read", """{"uri":"file:///a"}""", version),
        _ => await target.CallAsync(version: version),
    };

    private static void Members(ReadOnlyMemory<byte> raw, JsonElement result, string told)
    {
        if (ResultMembers.Read(raw) is not { } members)
        {
            // Only what is there twice, or has no name, is not read.
            return;
        }

        Encoding.UTF8.GetString(raw.Span).ShouldBe(result.GetRawText(), told);
        using var again = JsonDocument.Parse(members.Write(ResultMember.None, "\"more\":1"u8), Deep);
        again.RootElement.EnumerateObject().Count().ShouldBe(result.EnumerateObject().Count() + 1, told);
        foreach (var property in result.EnumerateObject())
        {
            again.RootElement.GetProperty(property.Name).GetRawText().ShouldBe(property.Value.GetRawText(), told);
        }

        using var less = JsonDocument.Parse(members.Write(ResultMember.ResultType | ResultMember.Caching, ""u8), Deep);
        less.RootElement.TryGetProperty("ttlMs", out _).ShouldBeFalse(told);
    }

    /// <returns>It is an answer of the server.</returns>
    private static bool Judge(TargetAnswer answer, string told)
    {
        if (answer.Failure is { } failure)
        {
            Fit(failure.Detail).ShouldBeTrue($"{told}: {failure.Detail}");
            return false;
        }

        using var json = JsonDocument.Parse(answer.Json, Deep);
        json.RootElement.ValueKind.ShouldBe(JsonValueKind.Object, told);
        if (answer.Form == TargetAnswerForm.Error)
        {
            json.RootElement.GetProperty("code").TryGetInt32(out _).ShouldBeTrue(told);
            Fit(json.RootElement.GetProperty("message").GetString()!).ShouldBeTrue(told);
        }

        return true;
    }

    /// <summary>To be shown to somebody: one line, bounded, nothing that acts.</summary>
    private static bool Fit(string words) => words.Length is > 0 and < MaxWords && !words.Any(letter => char.IsControl(letter) || letter is '\u202e' or '\u2066' or '\u2028');

    private static int HashCode(int seed, int number) => unchecked((seed * 397) ^ (number * 486187739));
}
