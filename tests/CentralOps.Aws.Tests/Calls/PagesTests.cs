using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Aws.Tests.Calls;

public sealed class PagesTests
{
    private static AwsCall ListAccounts => CallFixture.Call with
    {
        Operation = ModelLibrary.Operation("organizations", "ListAccounts"), Input = new AwsInput("""{"MaxResults":2,"NextToken":"from-here"}"""u8.ToArray()),
    };

    [Fact]
    public async Task Pages_are_read_to_the_end_with_the_callers_own_members_in_each_request()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, exchange.Number switch
        {
            1 => """{"Accounts":[{"Id":"111111111111"},{"Id":"222222222222"}],"NextToken":"second"}""",
            2 => """{"Accounts":[],"NextToken":"third"}""",
            _ => """{"Accounts":[{"Id":"333333333333"}],"NextToken":""}""",
        }));

        var pages = await ReadAsync(fixture);

        pages.ShouldBe(["2", "0", "1"]);
        fixture.Server.Requests.Select(request => Encoding.UTF8.GetString(request.Body.Span)).ShouldBe(
            ["""{"MaxResults":2,"NextToken":"from-here"}""", """{"MaxResults":2,"NextToken":"second"}""", """{"MaxResults":2,"NextToken":"third"}"""]);
    }

    [Fact]
    public async Task A_list_that_leads_back_to_itself_ends_with_a_failure()
    {
        // a leads to b, b to a.
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, $$"""{"Accounts":[],"NextToken":"{{(exchange.Number % 2 == 1 ? "a" : "b")}}"}"""));

        var pages = await ReadAsync(fixture);

        pages.ShouldBe(["0", "0", "Server RepeatedNextToken"]);
        fixture.Server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_page_that_fails_is_the_last_one()
    {
        await using var fixture = new CallFixture(exchange => exchange.Number == 1
            ? exchange.AnswerAsync(200, """{"Accounts":[],"NextToken":"second"}""")
            : exchange.AnswerAsync(400, """{"__type":"AccessDeniedException"}"""));

        (await ReadAsync(fixture)).ShouldBe(["0", "Access AccessDeniedException"]);
    }

    [Fact]
    public async Task Whoever_stops_reading_stops_the_calls()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, $$"""{"Accounts":[],"NextToken":"{{exchange.Number}}"}"""));

        await foreach (var _ in fixture.Client.PagesAsync(ListAccounts, () => new Transcription(new ArrayBufferWriter<byte>())))
        {
            break;
        }

        fixture.Server.Requests.Count.ShouldBe(1);
    }

    private static async Task<List<string>> ReadAsync(CallFixture fixture)
    {
        var pages = new List<string>();
        var output = new ArrayBufferWriter<byte>();
        await foreach (var (answer, _) in fixture.Client.PagesAsync(ListAccounts, () => new Transcription(output = new ArrayBufferWriter<byte>())))
        {
            pages.Add(answer.Failure is { } failure
                ? $"{failure.Kind} {failure.Code}"
                : JsonDocument.Parse(output.WrittenMemory).RootElement.GetProperty("Accounts").GetArrayLength().ToString());
        }

        return pages;
    }
}
