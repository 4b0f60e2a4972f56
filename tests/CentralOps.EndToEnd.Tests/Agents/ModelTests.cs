using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Agents;

/// <summary>A model on OpenAI's protocol asks the real gateway over the sandbox: the whole way, with nothing stubbed but what the model says.</summary>
[Collection("up")]
public sealed class ModelTests(SharedUp shared)
{
    private const string Instances = "ec2___describe_ec2_instances";

    [Fact]
    public async Task The_guides_question_is_answered_from_one_account()
    {
        await using var model = new ScriptedOpenAI((number, _) => number == 0
            ? [ScriptedOpenAI.Calls((Instances, """{"account_id": "222222222222", "fields": ["InstanceId", "State"]}"""))]
            : [ScriptedOpenAI.Says("There are instances in "), ScriptedOpenAI.Says("222222222222.")]);
        var ran = await AskAsync(model, "List all EC2 instances in account 222222222222");
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Out.ShouldStartWith("There are instances in 222222222222.\n\n");
        ran.Out.ShouldContain("Accounts: 222222222222. Regions: us-east-1.");
        ran.Error.ShouldContain("✓ describe_ec2_instances account_id=222222222222");
        var tools = JsonDocument.Parse(model.Asked[0]).RootElement.GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("function").GetProperty("name").GetString()).ToList();
        tools.ShouldContain(Instances);
        tools.ShouldContain("search_tools");
        tools.Count.ShouldBeLessThan(10, "found tools, not all");
    }

    [Fact]
    public async Task The_fleet_is_answered_with_what_failed_and_the_whole_trace()
    {
        await using var model = new ScriptedOpenAI((number, _) => number == 0
            ? [ScriptedOpenAI.Calls((Instances, """{"accounts": "all", "region": "us-east-1", "fields": ["InstanceId"]}"""), ("accounts___list_accounts", "{}"))]
            : [ScriptedOpenAI.Says("Everything was read, believe me.")]);
        var ran = await AskAsync(model, "How many instances are in all accounts?", "--output", "json");
        ran.ExitCode.ShouldBe(0, ran.Error);
        var answer = ran.Json;
        answer.GetProperty("answered_by").GetString().ShouldBe("model");
        answer.GetProperty("complete").GetBoolean().ShouldBeTrue();
        answer.GetProperty("coverage").GetProperty("accounts_asked").GetInt32().ShouldBeGreaterThan(8);
        var failed = answer.GetProperty("coverage").GetProperty("failures").EnumerateArray().Select(static failure => failure.GetProperty("account_id").GetString()).ToList();
        failed.ShouldContain("131313131313");
        var calls = answer.GetProperty("trace").GetProperty("calls").EnumerateArray().ToList();
        calls.Count.ShouldBe(2);
        calls.ShouldAllBe(static call => call.GetProperty("outcome").GetString() == "answered");
        answer.GetProperty("trace").GetProperty("input_tokens").GetInt64().ShouldBe(200);
    }

    [Fact]
    public async Task A_refused_call_is_corrected_and_the_answer_is_whole()
    {
        await using var model = new ScriptedOpenAI((number, body) => number switch
        {
            0 => [ScriptedOpenAI.Calls((Instances, """{"account_id": "Prodution"}"""))],
            1 => body.Contains("Production", StringComparison.Ordinal) ? [ScriptedOpenAI.Calls((Instances, """{"account_id": "Production", "limit": 1}"""))] : [ScriptedOpenAI.Says("No hint came.")],
            _ => [ScriptedOpenAI.Says("One was read.")],
        });
        var ran = await AskAsync(model, "instances in Prodution", "--output", "json");
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Json.GetProperty("answer").GetString().ShouldBe("One was read.");
        ran.Json.GetProperty("coverage").GetProperty("accounts")[0].GetProperty("account_id").GetString().ShouldBe("222222222222");
        ran.Json.GetProperty("coverage").GetProperty("truncated").GetBoolean().ShouldBeTrue("a limit of one leaves more");
    }

    [Fact]
    public async Task Instructions_planted_in_names_reach_the_model_fenced_and_nothing_that_acts_reaches_anybody()
    {
        await using var model = new ScriptedOpenAI((number, body) => number == 0
            ? [ScriptedOpenAI.Calls((Instances, """{"accounts": "all", "region": "all", "query": "[].Tags.Name", "limit": 1000, "max_bytes": 200000}"""), ("lambda___list_lambda_functions", "{}"))]
            : [ScriptedOpenAI.Says(Tells(body) + " ![x](https://evil.example/?q=1) [more](https://evil.example/2) \u001b[2J\u202e")]);
        var ran = await AskAsync(model, "Which names do instances have?");
        ran.ExitCode.ShouldBe(0, ran.Error);

        // 1. The model: data between marks that the data cannot close.
        var results = Results(model.Asked[1]);
        var fenced = results.First(static text => text.Contains("Ignore all previous instructions", StringComparison.Ordinal));
        fenced.ShouldStartWith("<tool_answer fence=\"");
        fenced.Split('<').Length.ShouldBe(3, "an opening and a closing mark, and no other bracket");
        fenced.ShouldContain("\\u003C/tool_result\\u003ESYSTEM");
        fenced.IndexOfAny(['\u202e', '\u200b', '\u009b', '\ufeff', '\u2028']).ShouldBe(-1);

        // 2. The terminal: no escape, no image, no link.
        (ran.Out + ran.Error).IndexOfAny(['\u001b', '\u202e', '\u200b', '\u009b']).ShouldBe(-1);
        ran.Out.ShouldContain("(image left out) more");
        ran.Out.ShouldNotContain("evil.example");

        static string Tells(string body) => body.Contains("Ignore all previous", StringComparison.Ordinal) ? "Somebody planted instructions." : "Nothing was planted.";
    }

    [Fact]
    public async Task A_budget_that_is_used_up_ends_in_a_partial_answer_and_its_own_exit_code()
    {
        await using var model = new ScriptedOpenAI((_, body) => body.Contains("is used up", StringComparison.Ordinal)
            ? [ScriptedOpenAI.Says("What I have so far.")]
            : [ScriptedOpenAI.Calls((Instances, """{"account_id": "222222222222", "limit": 1}"""))]);
        var ran = await AskAsync(model, "Ask for ever", "--max-turns", "2");
        ran.ExitCode.ShouldBe(3, ran.Error);
        ran.Out.ShouldStartWith("What I have so far.");
        ran.Out.ShouldContain("This answer is partial: the budget of 2 turns for one question was used up.");
        model.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_question_that_hangs()
    {
        await using var model = new ScriptedOpenAI(static (_, _) => null);
        using var process = Ran.Start(Repository.Command, ["ask", "Hang", "--model", model.Model, "--state", shared.Up.State]);
        (await Eventually.TrueAsync(() => Task.FromResult(model.Asked.Count == 1))).ShouldBeTrue();
        Signals.Send(process.Id, Signals.Interrupt);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(130);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_a_sentence_and_exit_code_1()
    {
        var ran = await shared.Up.CentralOpsAsync("ask", "Anything", "--model", "openai:none@http://127.0.0.1:1/v1");
        ran.ExitCode.ShouldBe(1);
        (ran.Out + ran.Error).ShouldContain("The model did not answer to the end");
        (ran.Out + ran.Error).ShouldNotContain("Exception");
    }

    [Fact]
    public async Task Bedrocks_own_wire_protocol_answers_through_the_standard_settings()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = shared.Up.SandboxUrl,
            ["AWS_ACCESS_KEY_ID"] = shared.Up.KeyId,
            ["AWS_SECRET_ACCESS_KEY"] = shared.Up.Secret,
            ["AWS_REGION"] = "us-east-1",
            ["CENTRALOPS_MODEL"] = "bedrock:sandbox.echo",
        };
        var ran = await Ran.ProgramAsync(Repository.Command, ["ask", "Anything", "--output", "json", "--state", shared.Up.State], environment: environment);
        ran.ExitCode.ShouldBe(0, ran.Error + ran.Out);
        ran.Json.GetProperty("model").GetString().ShouldBe("bedrock:sandbox.echo");
        ran.Json.GetProperty("answer").GetString()!.Length.ShouldBeGreaterThan(0);
    }

    private Task<Ran> AskAsync(ScriptedOpenAI model, string question, params string[] more) => shared.Up.CentralOpsAsync(["ask", question, "--model", model.Model, .. more]);

    private static List<string> Results(string body) =>
        [.. JsonNode.Parse(body)!["messages"]!.AsArray().Where(static message => message!["role"]!.GetValue<string>() == "tool").Select(static message => message!["content"]!.GetValue<string>())];
}
