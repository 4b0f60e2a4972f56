using CentralOps.Agent.Models;
using CentralOps.Agent.Tests.Models.Fixtures;
using CentralOps.Aws.Credentials;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Bedrock;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Tests.Fixtures;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Bedrock;

public sealed class BedrockFailureTests
{
    [Theory]
    [InlineData("AccessDeniedException", "You don't have access to the model with the specified model ID.", 403, ModelProblem.ModelNotEnabled, "Model access")]
    [InlineData("AccessDeniedException", "Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe)", 403, ModelProblem.ModelNotEnabled, "aws-marketplace:Subscribe")]
    [InlineData("ResourceNotFoundException", "Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model.", 404, ModelProblem.ModelNotEnabled, "use case")]
    [InlineData("ValidationException", "Invocation of model ID anthropic.claude-sonnet-4-5 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.", 400, ModelProblem.NeedsInferenceProfile, "aws bedrock list-inference-profiles")]
    [InlineData("ValidationException", "The provided model identifier is invalid.", 400, ModelProblem.UnknownModel, "list-foundation-models")]
    [InlineData("ValidationException", "Input is too long for requested model.", 400, ModelProblem.TooLong, "new conversation")]
    [InlineData("ValidationException", "This model doesn't support tool use in streaming mode.", 400, ModelProblem.ToolsUnsupported, "a model that uses tools")]
    [InlineData("ValidationException", "The value at messages.0 is wrong.", 400, ModelProblem.Rejected, "names the part")]
    [InlineData("ServiceQuotaExceededException", "Your account exceeds its quota.", 400, ModelProblem.Quota, "Service Quotas")]
    [InlineData("ThrottlingException", "Too many tokens per day, please wait before trying again.", 429, ModelProblem.Quota, "Service Quotas")]
    [InlineData("ThrottlingException", "Too many requests, please wait before trying again.", 429, ModelProblem.Throttled, "inference profile")]
    [InlineData("ModelNotReadyException", "The model is not ready.", 429, ModelProblem.Unavailable, "in a minute")]
    [InlineData("ModelTimeoutException", "The model took too long.", 408, ModelProblem.TimedOut, "faster model")]
    [InlineData("ServiceUnavailableException", "Bedrock is unable to process your request.", 503, ModelProblem.Unavailable, "another model")]
    [InlineData("UnrecognizedClientException", "The security token included in the request is invalid.", 403, ModelProblem.Credentials, "aws sts get-caller-identity")]
    public async Task What_bedrock_refuses_is_told_with_its_remedy(string code, string message, int status, ModelProblem problem, string remedy)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.By(_ => ModelTurn.Refuse(code, message, status)));

        foreach (var streams in (bool[])[false, true])
        {
            var failed = await Should.ThrowAsync<ModelException>(() => bedrock.Client().AskAsync(streams));
            failed.Problem.ShouldBe(problem);
            failed.Message.ShouldContain(BedrockFixture.Claude);
            failed.Message.ShouldContain("us-east-1");
            failed.Message.ShouldContain($"Reported: {code}: {message}");
            failed.Remedy.ShouldContain(remedy);
            failed.RequestId.ShouldNotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData(false, "bedrock:InvokeModel ")]
    [InlineData(true, "bedrock:InvokeModelWithResponseStream ")]
    public async Task Who_may_not_invoke_the_model_hears_which_action_is_missing(bool streams, string action)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("never"));
        var confined = bedrock.Sandbox.SessionOf("arn:aws:iam::222222222222:role/CentralOpsTargetRole", "alice", TimeSpan.FromHours(1));

        var failed = await Should.ThrowAsync<ModelException>(() => bedrock.Client(keys: confined).AskAsync(streams));

        failed.Problem.ShouldBe(ModelProblem.AccessDenied);
        failed.Message.ShouldContain($"is not authorized to perform: {action}on resource: arn:aws:bedrock:us-east-1:222222222222:inference-profile/{BedrockFixture.Claude}");
        failed.Remedy.ShouldContain("bedrock:InvokeModelWithResponseStream");
        bedrock.Script.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wrong_secret_is_refused_before_any_model_hears_of_it(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("never"));
        var keys = bedrock.Sandbox.Operator with { SecretAccessKey = "wrong" };

        var failed = await Should.ThrowAsync<ModelException>(() => bedrock.Client(keys: keys).AskAsync(streams));

        failed.Problem.ShouldBe(ModelProblem.Credentials);
        failed.ToString().ShouldNotContain(bedrock.Sandbox.Operator.SecretAccessKey);
        bedrock.Script.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_throttles_are_waited_out_and_three_are_told(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Throttle(), ModelTurn.Throttle(), ModelTurn.Say("At last."), ModelTurn.Throttle(), ModelTurn.Throttle(), ModelTurn.Throttle());

        (await bedrock.Client().AskAsync(streams)).Text.ShouldBe("At last.");
        (await Should.ThrowAsync<ModelException>(() => bedrock.Client().AskAsync(streams))).Problem.ShouldBe(ModelProblem.Throttled);
        bedrock.Script.Requests.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("throttlingException", ModelProblem.Throttled)]
    [InlineData("modelStreamErrorException", ModelProblem.Unavailable)]
    [InlineData("internalServerException", ModelProblem.Unavailable)]
    [InlineData("serviceUnavailableException", ModelProblem.Unavailable)]
    [InlineData(null, ModelProblem.Broken)]
    public async Task A_stream_that_fails_before_it_said_anything_begins_anew(string? exception, ModelProblem problem)
    {
        var fault = ModelTurn.Say("Half of it.") with { Fault = new StreamFault(1, exception) };
        await using var bedrock = await BedrockFixture.StartAsync(fault, fault, ModelTurn.Say("All of it."), fault, fault, fault);

        (await bedrock.Client().AskAsync(streams: true)).Text.ShouldBe("All of it.");
        (await Should.ThrowAsync<ModelException>(() => bedrock.Client().AskAsync(streams: true))).Problem.ShouldBe(problem);
        bedrock.Script.Requests.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("throttlingException", ModelProblem.Throttled)]
    [InlineData("modelStreamErrorException", ModelProblem.Unavailable)]
    [InlineData("validationException", ModelProblem.Rejected)]
    [InlineData(null, ModelProblem.Broken)]
    public async Task A_stream_that_fails_in_the_middle_keeps_what_it_said_and_is_not_said_twice(string? exception, ModelProblem problem)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say(new string('a', 24) + new string('b', 24)) with { Fault = new StreamFault(2, exception, "Something \u001b[31mbroke\u202e.") });
        var heard = "";

        var failed = await Should.ThrowAsync<ModelException>(async () =>
        {
            await foreach (var update in bedrock.Client().GetStreamingResponseAsync("How many?"))
            {
                heard += update.Text;
            }
        });

        heard.ShouldBe(new string('a', 24));
        failed.Problem.ShouldBe(problem);
        failed.Message.ShouldNotContain("\u001b");
        failed.Message.ShouldNotContain("\u202e");
        bedrock.Script.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(FaultKind.DropAfterHead, false)]
    [InlineData(FaultKind.DropAfterHead, true)]
    [InlineData(FaultKind.Truncated, false)]
    [InlineData(FaultKind.Truncated, true)]
    [InlineData(FaultKind.Malformed, false)]
    [InlineData(FaultKind.Malformed, true)]
    public async Task A_damaged_answer_is_an_error_in_words(FaultKind kind, bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.By(_ => ModelTurn.Say("It is damaged on its way.")));
        bedrock.Sandbox.Faults.Add(new Fault(kind, Service: "bedrock-runtime"));

        var failed = await Should.ThrowAsync<ModelException>(() => bedrock.Client().AskAsync(streams));

        failed.Problem.ShouldBeOneOf(ModelProblem.Broken, ModelProblem.Unreachable);
        failed.Message.ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_there_is_told_as_such(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("never"));
        var client = bedrock.Client();
        await bedrock.StopAsync();

        var failed = await Should.ThrowAsync<ModelException>(() => client.AskAsync(streams));

        failed.Problem.ShouldBe(ModelProblem.Unreachable);
        failed.Message.ShouldContain("refused the connection");
        failed.Remedy.ShouldContain("AWS_ENDPOINT_URL");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_can_be_taken_back_while_the_model_thinks(bool streams)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.By(async (_, token) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ModelTurn.Say("never");
        }));
        using var cancel = new CancellationTokenSource();

        var answer = bedrock.Client().AskAsync(streams, [Tool.User("How many?")], cancellationToken: cancel.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_model_that_says_nothing_for_too_long_is_given_up()
    {
        var time = new ManualTime();
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.By(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ModelTurn.Say("never");
        }));
        var limits = new ModelLimits { Silence = TimeSpan.FromSeconds(30), Answer = TimeSpan.FromSeconds(100) };

        var answer = bedrock.Client(limits: limits, attempts: 1, time: time).AskAsync(streams: true);
        await Eventually.BecomesTrue(() => time.IsAwaited(TimeSpan.FromSeconds(30)), "the attempt has its time");
        time.Advance(TimeSpan.FromSeconds(30));

        var failed = await Should.ThrowAsync<ModelException>(() => answer.WaitAsync(TimeSpan.FromSeconds(60)));
        failed.Problem.ShouldBe(ModelProblem.TimedOut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_larger_than_an_answer_may_be_ends_it(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(
            ModelTurn.Say(new string('x', 5000)),
            ModelTurn.Use(Tool.Instances, $$"""{"a":"{{new string('x', 5000)}}"}"""),
            new ModelTurn { Blocks = [.. Enumerable.Range(0, 5).Select(_ => new ModelBlock.ToolUse(Tool.Instances, "{}"))] });
        var client = bedrock.Client(limits: new ModelLimits { AnswerCharacters = 4000, ToolCalls = 4 });

        foreach (var words in (string[])["4000 characters", "4000 characters", "4 tool calls"])
        {
            var failed = await Should.ThrowAsync<ModelException>(() => client.AskAsync(streams, options: new ChatOptions { Tools = [Tool.Named()] }));
            failed.Problem.ShouldBe(ModelProblem.TooLarge);
            failed.Message.ShouldContain(words);
        }
    }

    [Fact]
    public async Task A_conversation_that_is_too_large_to_send_is_not_sent()
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("never"));

        var failed = await Should.ThrowAsync<ModelException>(() => bedrock.Client(limits: new ModelLimits { RequestBytes = 1000 }).AskAsync(streams: true, new string('x', 1000)));

        failed.Problem.ShouldBe(ModelProblem.TooLong);
        bedrock.Script.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Expired_keys_are_renewed_unseen_and_missing_ones_told_with_their_remedy()
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("a"));
        bedrock.Sandbox.Faults.Add(new Fault(FaultKind.Expired, Service: "bedrock-runtime", Times: 1));
        var source = new Renewing(bedrock.Sandbox);

        (await bedrock.Client(source: source).AskAsync(streams: true)).Text.ShouldBe("a");
        source.Renewed.ShouldBe(1);

        var failed = await Should.ThrowAsync<ModelException>(() => bedrock.Client(source: new SignedOut()).AskAsync(streams: true));
        (failed.Problem, failed.Message, failed.Remedy).ShouldBe((ModelProblem.Credentials, "The sign-in is over.", "Run: aws sso login"));
    }

    private sealed class Renewing(SandboxServer sandbox) : ICredentialSource
    {
        public int Renewed { get; private set; }

        public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken) => new(sandbox.Operator);

        public ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken)
        {
            Renewed++;
            return new(sandbox.Operator with { Expiration = DateTimeOffset.MaxValue });
        }
    }

    private sealed class SignedOut : ICredentialSource
    {
        public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken) =>
            throw new CredentialException(CredentialProblem.SignIn, "The sign-in is over.", "Run: aws sso login");

        public ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken) => new((AwsCredentials?)null);
    }
}
