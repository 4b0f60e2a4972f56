using CentralOps.Agent.Models;

namespace CentralOps.Agent.Tests.Models;

public sealed class ModelChoiceTests
{
    [Theory]
    [InlineData("bedrock:us.anthropic.claude-sonnet-4-5-20250929-v1:0", ModelProvider.Bedrock, "us.anthropic.claude-sonnet-4-5-20250929-v1:0", null)]
    [InlineData("bedrock:arn:aws:bedrock:eu-west-1:111111111111:inference-profile/eu.amazon.nova-pro-v1:0", ModelProvider.Bedrock, "arn:aws:bedrock:eu-west-1:111111111111:inference-profile/eu.amazon.nova-pro-v1:0", null)]
    [InlineData("anthropic:claude-sonnet-4-5", ModelProvider.Anthropic, "claude-sonnet-4-5", null)]
    [InlineData("anthropic:claude@http://127.0.0.1:4000", ModelProvider.Anthropic, "claude", "http://127.0.0.1:4000/")]
    [InlineData("openai:gpt-5", ModelProvider.OpenAI, "gpt-5", null)]
    [InlineData("openai:llama3.1:8b@http://localhost:11434/v1", ModelProvider.OpenAI, "llama3.1:8b", "http://localhost:11434/v1")]
    [InlineData("openai:@cf/meta/llama-3.1@https://models.example.com/v1", ModelProvider.OpenAI, "@cf/meta/llama-3.1", "https://models.example.com/v1")]
    [InlineData("openai:a@b", ModelProvider.OpenAI, "a@b", null)]
    public void A_choice_names_provider_model_and_server(string text, ModelProvider provider, string id, string? url)
    {
        ModelChoice.TryParse(text, out var choice, out var problem).ShouldBeTrue(problem);
        (choice.Provider, choice.Id, choice.Endpoint?.ToString()).ShouldBe((provider, id, url));
        ModelChoice.TryParse(choice.ToString(), out var again, out _).ShouldBeTrue();
        again.ShouldBe(choice);
    }

    [Theory]
    [InlineData(null, "by its provider and its id")]
    [InlineData("", "by its provider and its id")]
    [InlineData("gpt-5", "by its provider and its id")]
    [InlineData("azure:gpt", "\"azure\" is no provider of models")]
    [InlineData("Bedrock:x", "\"Bedrock\" is no provider")]
    [InlineData("bedrock:", "id is missing")]
    [InlineData("openai:@https://models.example.com", "id is missing")]
    [InlineData("bedrock:a b", "\"a b\" has spaces")]
    [InlineData("bedrock:x@https://models.example.com", "named without a URL")]
    [InlineData("bedrock:https://models.example.com", "named without a URL")]
    [InlineData("openai:m@ftp://models.example.com", "no http or https URL")]
    [InlineData("openai:m@https://", "no http or https URL")]
    [InlineData("openai:m@http://models.example.com/v1", "would travel in the clear")]
    [InlineData("openai:m@http://10.0.0.1/v1", "would travel in the clear")]
    [InlineData("openai:m@https://models.example.com/v1?api-version=1", "a query or a fragment")]
    [InlineData("openai:m@https://models.example.com/v1#x", "a query or a fragment")]
    public void What_is_no_choice_is_told_with_its_repair(string? text, string words)
    {
        ModelChoice.TryParse(text, out var choice, out var problem).ShouldBeFalse();
        choice.ShouldBeNull();
        problem.ShouldContain(words);
        problem.ShouldMatch("Write |Give |Use ");
    }

    [Fact]
    public void A_secret_in_the_url_is_refused_and_not_repeated()
    {
        ModelChoice.TryParse("openai:m@https://user:hunter2@models.example.com/v1", out _, out var problem).ShouldBeFalse();
        problem.ShouldContain("user name");
        problem.ShouldNotContain("hunter2");
    }

    [Fact]
    public void What_acts_in_a_terminal_is_not_repeated()
    {
        ModelChoice.TryParse("\u001b[2J\u202eevil:x", out _, out var problem).ShouldBeFalse();
        problem.ShouldNotContain("\u001b");
        problem.ShouldNotContain("\u202e");
        ModelChoice.TryParse("bedrock:" + new string('x', 5000), out _, out problem).ShouldBeFalse();
        problem!.Length.ShouldBeLessThan(300);
    }
}
