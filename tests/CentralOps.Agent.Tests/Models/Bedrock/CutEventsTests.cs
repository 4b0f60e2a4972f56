using CentralOps.Agent.Models;
using CentralOps.Agent.Tests.Models.Fixtures;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Bedrock;

/// <summary>ConverseStream's events cut, damaged and made up: an answer or an error in words, never a hang and never another exception.</summary>
public sealed class CutEventsTests
{
    private const string Type = "application/vnd.amazon.eventstream";

    private static readonly byte[] Body =
    [
        .. Frames.Event("messageStart", """{"role":"assistant"}"""),
        .. Frames.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"I look — 🚀"}}"""),
        .. Frames.Event("contentBlockStop", """{"contentBlockIndex":0}"""),
        .. Frames.Event("contentBlockStart", """{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"a","name":"t"}}}"""),
        .. Frames.Event("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"a\":[1,2]}"}}}"""),
        .. Frames.Event("contentBlockStop", """{"contentBlockIndex":1}"""),
    ];

    private static readonly byte[] End = Frames.Event("messageStop", """{"stopReason":"tool_use"}""");
    private static readonly byte[] Cost = Frames.Event("metadata", """{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}""");
    private static readonly byte[] Whole = [.. Body, .. End, .. Cost];

    [Fact]
    public async Task A_stream_may_be_cut_anywhere_and_is_an_answer_once_its_end_was_told()
    {
        for (var cut = 0; cut <= Whole.Length; cut++)
        {
            var (answer, failure) = await TryAsync(Whole[..cut]);
            (answer is not null).ShouldBe(cut >= Body.Length + End.Length, $"cut after {cut} bytes");
            (failure?.Problem ?? ModelProblem.Broken).ShouldBe(ModelProblem.Broken);
            answer?.Calls().ShouldHaveSingleItem().Arguments!["a"]!.ToString().ShouldBe("[1,2]");
        }
    }

    [Fact]
    public void A_stream_may_be_damaged_anywhere()
    {
        var damage = Gen.Choose(0, Whole.Length - 1).SelectMany(_ => Gen.Choose(0, 255), static (at, value) => (at, (byte)value)).ListOf(3);
        Prop.ForAll(damage.ToArbitrary(), static damages =>
        {
            var bytes = Whole.ToArray();
            foreach (var (at, value) in damages)
            {
                bytes[at] = value;
            }

            var (answer, _) = TryAsync(bytes).GetAwaiter().GetResult();
            // Every byte is under a checksum: what came whole came true.
            answer?.Text.ShouldBe("I look — 🚀");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Any_json_may_stand_in_an_event()
    {
        var scalar = Gen.Elements("1", "-1", "1e400", "99999999999999999999", "null", "true", "\"text\"", "\"\\ud800\"", "\"\"", "[]", "{}", "{", "", "\u0001");
        var name = Gen.Elements("contentBlockIndex", "delta", "start", "text", "toolUse", "toolUseId", "name", "input", "reasoningContent", "signature", "redactedContent", "stopReason", "usage", "inputTokens", "role");
        var kind = Gen.Elements("messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata", "somethingNew", "");
        Gen<string> Value(int depth) => depth == 0 ? scalar : Gen.OneOf(
            scalar,
            name.SelectMany(_ => Value(depth - 1), static (member, value) => $"\"{member}\":{value}").ListOf(3).Select(static members => $"{{{string.Join(',', members)}}}"));

        Prop.ForAll(kind.SelectMany(_ => Value(4), static (one, value) => (one, value)).ListOf(6).ToArbitrary(), static events =>
            TryAsync([.. events.SelectMany(next => Frames.Event(next.one, next.value)), .. End]).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public async Task Events_that_say_nothing_have_an_end_and_huge_ones_are_not_read()
    {
        var (_, many) = await TryAsync([.. Enumerable.Repeat(Frames.Event("contentBlockStop", """{"contentBlockIndex":7}"""), 3000).SelectMany(frame => frame)], new ModelLimits { AnswerCharacters = 2000 });
        many.ShouldNotBeNull().Problem.ShouldBe(ModelProblem.TooLarge);

        var (_, large) = await TryAsync([.. Frames.Event("contentBlockDelta", $$$"""{"contentBlockIndex":0,"delta":{"text":"{{{new string('x', 3000)}}}"}}"""), .. End], new ModelLimits { AnswerCharacters = 2000 });
        large.ShouldNotBeNull().Problem.ShouldBe(ModelProblem.TooLarge);

        // It says that it is 4 GB long, with a checksum that is right.
        var (_, huge) = await TryAsync([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        huge.ShouldNotBeNull().Problem.ShouldBe(ModelProblem.Broken);
    }

    private static async Task<(ChatResponse? Answer, ModelException? Failure)> TryAsync(byte[] bytes, ModelLimits? limits = null)
    {
        using var http = new HttpMessageInvoker(new Canned(Type, bytes));
        ModelChoice.TryParse("bedrock:" + BedrockFixture.Claude, out var choice, out _).ShouldBeTrue();
        var connection = new ModelConnection
        {
            Http = http,
            Setting = static _ => null,
            Aws = new AwsClient(http, EndpointResolver.Default, TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 }),
            Credentials = new FixedCredentials(new AwsCredentials("AKIDEXAMPLE", "secret")),
            Region = "us-east-1",
            Limits = limits ?? new ModelLimits(),
            Jitter = new NoJitter(),
        };
        ChatModels.TryOpen(choice, connection, out var client, out _).ShouldBeTrue();
        try
        {
            return (await client!.AskAsync(streams: true).WaitAsync(TimeSpan.FromSeconds(60)), null);
        }
        catch (ModelException failure)
        {
            failure.Message.ShouldNotContain("Exception:");
            return (null, failure);
        }
    }
}
