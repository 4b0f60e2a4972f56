using System.Text.Json;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Tests.Front;
using CentralOps.Sandbox.Tests.Policies.Simulator;

namespace CentralOps.Sandbox.Tests.Clients;

/// <summary>Other people's clients ask every operation of the sandbox; each answer is held against the estate, and against the other clients'.</summary>
public sealed class ClientTests
{
    private static readonly Lazy<Task<Dictionary<string, JsonElement>>> Newest = new(() => AskAsync(Tools.NewPython!, Fixture("cases_boto.py")));

    [BotoFact(old: false)]
    public async Task A_current_boto3_hears_what_the_estate_holds() => Judge(await Newest.Value);

    [BotoFact(old: true)]
    public async Task Debians_boto3_hears_what_the_estate_holds() => await CompareAsync(await AskAsync(Tools.DebianPython, Fixture("cases_boto.py")));

    [AwsCliFact]
    public async Task Debians_aws_cli_hears_what_the_estate_holds() => await CompareAsync(await AskAsync(Tools.DebianPython, Fixture("cases_cli.py")));

    [SimulatorFact]
    public async Task Awss_javascript_sdk_hears_what_the_estate_holds() => await CompareAsync(await AskAsync("node", Path.Combine(IamSimulator.Directory!, "cases.mjs")));

    [Fact]
    public async Task Every_operation_has_an_answer_and_a_refusal_among_the_cases()
    {
        await using var organization = await Organization.StartAsync();
        var served = organization.Server.Services.SelectMany(service => service.OperationNames.Select(operation => $"{service.Model.Name}:{operation}")).ToArray();

        // AssumeRole and Invoke are AwsCliTests' and BotoTests', a sign-in is one story of its own, and so is a talk with a model.
        served.Except(Cases.All.Where(one => one.Error is null).Select(one => $"{one.Service}:{one.Operation}")).Except(SignInTests.Operations).Except(Bedrock.ConverseTests.Operations).ShouldBe(["sts:AssumeRole", "lambda:Invoke"], ignoreOrder: true);
    }

    private static async Task CompareAsync(Dictionary<string, JsonElement> answers)
    {
        Judge(answers);
        if (Tools.NewPython is null)
        {
            return;
        }

        var newest = await Newest.Value;
        var differences = Cases.All
            .Where(one => one.Comparable && answers[one.Name].TryGetProperty("output", out _))
            .SelectMany(one => Differences.Between(newest[one.Name].GetProperty("output"), answers[one.Name].GetProperty("output")).Take(3).Select(difference => $"{one}: {difference}"));
        differences.ShouldBeEmpty();
    }

    private static void Judge(Dictionary<string, JsonElement> answers)
    {
        List<string> problems = [];
        foreach (var one in Cases.All)
        {
            var answer = answers[one.Name];
            if (answer.TryGetProperty("unknown", out _))
            {
                continue;
            }

            var code = answer.TryGetProperty("error", out var error) ? error.GetString() : null;
            if (!ErrorNames.Same(one.Error, code))
            {
                problems.Add($"{one}: expected {one.Error ?? "an answer"}, came {answer}");
                continue;
            }

            try
            {
                one.Judge?.Invoke(code is null ? answer.GetProperty("output") : answer);
            }
            catch (Exception wrong)
            {
                problems.Add($"{one}: {wrong.Message.ReplaceLineEndings(" ")}");
            }
        }

        problems.ShouldBeEmpty();
    }

    private static async Task<Dictionary<string, JsonElement>> AskAsync(string program, params string[] arguments)
    {
        await using var organization = await Organization.StartAsync();
        return await ClientRun.AskAsync(organization.Server, program, arguments);
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);
}
