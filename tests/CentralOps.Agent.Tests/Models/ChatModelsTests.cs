using CentralOps.Agent.Models;
using CentralOps.Agent.Tests.Models.Fixtures;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models;

public sealed class ChatModelsTests
{
    [Theory]
    [InlineData("anthropic:claude-sonnet-4-5", null, "ANTHROPIC_API_KEY is not set")]
    [InlineData("openai:gpt-5", "", "OPENAI_API_KEY is not set")]
    [InlineData("openai:gpt-5", "two words", "OPENAI_API_KEY holds white space")]
    [InlineData("openai:gpt-5@http://127.0.0.1:1/v1", "two\nlines", "OPENAI_API_KEY holds white space")]
    [InlineData("bedrock:us.amazon.nova-pro-v1:0", null, "No AWS region is set")]
    public void What_is_missing_is_told_before_anything_is_sent(string model, string? key, string words)
    {
        Open(model, key, out var problem).ShouldBeNull();
        problem.ShouldNotBeNull().ShouldContain(words);
        problem.ShouldMatch("Set ");
        problem.ShouldNotContain("two");
    }

    [Fact]
    public void Without_aws_credentials_there_is_no_bedrock()
    {
        ModelChoice.TryParse("bedrock:us.amazon.nova-pro-v1:0", out var choice, out _).ShouldBeTrue();
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());

        ChatModels.TryOpen(choice, new ModelConnection { Http = http, Setting = static _ => null, Region = "us-east-1" }, out _, out var problem).ShouldBeFalse();

        problem.ShouldContain("no AWS credentials");
    }

    [Theory]
    [InlineData("anthropic:claude-sonnet-4-5", "https://api.anthropic.com/v1/messages")]
    [InlineData("openai:gpt-5", "https://api.openai.com/v1/chat/completions")]
    [InlineData("openai:m@https://models.example.com/api/v1/", "https://models.example.com/api/v1/chat/completions")]
    public void A_client_says_which_model_it_is(string model, string url)
    {
        var client = Open(model, "sk-key", out _).ShouldNotBeNull();
        var metadata = (ChatClientMetadata)client.GetService(typeof(ChatClientMetadata))!;
        metadata.ProviderUri!.ToString().ShouldBe(url);
        metadata.DefaultModelId.ShouldBe(model.Split(':', '@')[1]);
        client.GetService(typeof(IChatClient)).ShouldBeSameAs(client);
        client.GetService(typeof(string)).ShouldBeNull();
    }

    [Fact]
    public async Task Fifty_at_once_over_one_client_do_not_mix()
    {
        await using var bedrock = await BedrockFixture.StartAsync(Sandbox.Bedrock.ModelScript.By(request => Sandbox.Bedrock.ModelTurn.Say($"You asked: {request.LastText}, and this is a longer answer to {request.LastText}.")));
        var client = bedrock.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => client.AskAsync(number % 2 == 0, $"question {number}")));

        answers.Select(answer => answer.Text).ShouldBe(Enumerable.Range(0, 50).Select(number => $"You asked: question {number}, and this is a longer answer to question {number}."));
    }

    [Fact]
    public async Task A_format_that_is_not_given_is_refused()
    {
        await using var bedrock = await BedrockFixture.StartAsync();

        (await Should.ThrowAsync<ArgumentException>(() => bedrock.Client().AskAsync(streams: true, options: new ChatOptions { ResponseFormat = ChatResponseFormat.Json }))).Message.ShouldContain("format");
    }

    [Fact]
    public void Every_problem_has_words_and_a_remedy_for_every_provider()
    {
        foreach (var problem in Enum.GetValues<ModelProblem>())
        {
            var told = Enum.GetValues<ModelProvider>().Select(provider => ModelWords.Of(problem, new ModelSubject(provider, "Somebody", "some-model", "somewhere"), "foreign")).ToArray();
            told.ShouldAllBe(failure => failure.Problem == problem && failure.Message.Contains("some-model") && failure.Message.EndsWith("Reported: foreign") && failure.Remedy.EndsWith('.'));
        }

        var sentences = Enum.GetValues<ModelProblem>().Select(problem => ModelWords.Of(problem, new ModelSubject(ModelProvider.OpenAI, "Somebody", "some-model", "somewhere")).Message);
        sentences.ShouldBeUnique();
    }

    private static IChatClient? Open(string model, string? key, out string? problem)
    {
        ModelChoice.TryParse(model, out var choice, out var wrong).ShouldBeTrue(wrong);
        var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var connection = new ModelConnection
        {
            Http = http,
            Setting = _ => key,
            Aws = new AwsClient(http, EndpointResolver.Default, TimeProvider.System, new AwsClientOptions()),
            Credentials = new FixedCredentials(new AwsCredentials("AKIDEXAMPLE", "secret")),
        };
        return ChatModels.TryOpen(choice, connection, out var client, out problem) ? client : null;
    }
}
