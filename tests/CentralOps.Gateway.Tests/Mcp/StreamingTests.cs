using System.Net;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

public sealed class StreamingTests
{
    private const string Both = "application/json, text/event-stream";

    [Fact]
    public async Task Answers_are_json_however_a_client_asks_unless_streaming_is_on()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Accept", Both));

        answer.ContentType.ShouldBe("application/json");
        answer.IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task With_streaming_on_a_client_that_accepts_events_gets_the_answer_as_one_message_event()
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { ResponseStreaming = true });

        var events = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Accept", Both));
        var only = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Accept", "text/event-stream"));
        var json = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Accept", "application/json"));

        events.ContentType.ShouldBe("text/event-stream");
        events.Body.ShouldBe($"event: message\ndata: {json.Body}\n\n");
        only.Body.ShouldBe(events.Body);
        json.ContentType.ShouldBe("application/json");
    }

    [Fact]
    public async Task An_error_with_a_status_of_its_own_and_a_notification_are_no_stream()
    {
        await using var gateway = await TestGateway.StartAsync(configure: config => config with { ResponseStreaming = true });

        var error = await gateway.Http.PostAsync("{", ("Accept", Both));
        var notification = await gateway.Http.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("Accept", Both));

        error.ContentType.ShouldBe("application/json");
        error.Code.ShouldBe(-32700);
        notification.Status.ShouldBe(HttpStatusCode.Accepted);
        notification.Body.ShouldBeEmpty();
    }
}
