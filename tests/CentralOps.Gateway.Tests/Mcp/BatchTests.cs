using System.Net;
using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

public sealed class BatchTests : IAsyncLifetime
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
    private const string Notification = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("2025-03-26")]
    public async Task Each_request_of_a_batch_is_answered_and_each_is_judged_by_itself(string? version)
    {
        var body = $$"""
            [{{Ping}}, {{Notification}}, {{McpHttp.Call("""{"message":"hi"}""", "\"b\"")}}, {"jsonrpc":"2.0","id":3,"method":"no"}, 7, {"jsonrpc":"2.0","id":4,"method":"ping","params":{"a":1,"a":2} }]
            """;

        var answer = await _gateway.Http.PostAsync(body, version is null ? [] : [("MCP-Protocol-Version", version)]);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        var responses = answer.Json.EnumerateArray().ToArray();
        responses.Select(response => response.GetProperty("id").GetRawText()).ShouldBe(["1", "\"b\"", "3", "null", "4"]);
        responses.Select(response => response.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0).ShouldBe([0, 0, -32601, -32600, -32600]);
    }

    [Fact]
    public async Task A_batch_of_notifications_is_accepted_with_nothing()
    {
        var answer = await _gateway.Http.PostAsync($"[{Notification},{Notification}]");

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        answer.Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Later_revisions_have_no_batches(string version)
    {
        var answer = await _gateway.Http.PostAsync($"[{Ping}]", ("MCP-Protocol-Version", version));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32600);
    }

    [Theory]
    [InlineData("[]", -32600)]
    [InlineData("[", -32700)]
    [InlineData("[{]", -32700)]
    [InlineData("[1] 2", -32700)]
    public async Task A_batch_that_is_empty_or_broken_is_one_error(string body, int code)
    {
        var answer = await _gateway.Http.PostAsync(body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json.ValueKind.ShouldBe(JsonValueKind.Object);
        answer.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_batch_holds_50_messages_at_most()
    {
        (await _gateway.Http.PostAsync($"[{string.Join(',', Enumerable.Repeat(Ping, 50))}]")).Json.GetArrayLength().ShouldBe(50);
        (await _gateway.Http.PostAsync($"[{string.Join(',', Enumerable.Repeat(Ping, 51))}]")).Code.ShouldBe(-32600);
    }

    [Fact]
    public async Task A_batch_whose_answers_grow_too_large_invokes_nothing_more()
    {
        var large = new TestTarget((_, _) => new(TargetAnswer.Of(System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', 4 * 1024 * 1024)}\""))));
        await using var gateway = await TestGateway.StartAsync(large);
        var calls = Enumerable.Range(1, 5).Select(id => McpHttp.Call("""{"message":"hi"}""", $"{id}"));

        var answer = await gateway.Http.PostAsync($"[{string.Join(',', calls)},{Notification}]");

        large.Called.Count.ShouldBe(2);
        var responses = answer.Json.EnumerateArray().ToList();
        responses.Select(response => response.GetProperty("id").GetInt32()).ShouldBe([1, 2, 3, 4, 5]);
        responses.Select(response => response.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0).ShouldBe([0, 0, -32600, -32600, -32600]);
    }

    [Fact]
    public async Task Initialize_must_not_be_in_a_batch()
    {
        var answer = await _gateway.Http.PostAsync("""[{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}]""");

        answer.Json[0].GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32600);
    }
}
