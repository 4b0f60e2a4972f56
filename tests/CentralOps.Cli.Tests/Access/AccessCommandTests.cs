using System.Text.Json;

namespace CentralOps.Cli.Tests.Access;

public sealed class AccessCommandTests : IDisposable
{
    private const string Tool = "ec2___describe_ec2_instances";

    private readonly string _directory = Directory.CreateTempSubdirectory("centralops-access-").FullName;

    public AccessCommandTests()
    {
        File.WriteAllText(Rules, """
            rules:
              - name: sre
                who: {groups: [sre]}
                tools: [describe_*]
                accounts: "222222222222, 333333333333, tag:env=dev"
              - name: no-pci
                effect: deny
                who: everyone
                tools: "*"
                accounts: "333333333333"
            """);
        File.WriteAllText(Accounts, """
            [{"id": "222222222222", "name": "Production"}, {"id": "333333333333", "name": "Payments"}, {"id": "444444444444", "name": "Dev", "tags": {"env": "dev"}}]
            """);
    }

    private string Rules => Path.Combine(_directory, "access.yaml");

    private string Accounts => Path.Combine(_directory, "accounts.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("222222222222", 0, "permitted: ada, ec2___describe_ec2_instances, account 222222222222: rule 'sre' (line 2) allows it.")]
    [InlineData("333333333333", 1, "not permitted: ada, ec2___describe_ec2_instances, account 333333333333: rule 'no-pci' (line 6) denies it.")]
    [InlineData("555555555555", 1, "no rule allows it.")]
    public async Task Check_says_yes_or_no_and_which_rule(string account, int code, string words)
    {
        var (exit, data, _) = await RunAsync("access", "check", "--as", "ada", "--group", "sre", "--tool", Tool, "--account", account, "--rules", Rules);
        exit.ShouldBe(code);
        data.ShouldContain(words);
    }

    [Fact]
    public async Task What_is_not_known_of_the_account_is_said()
    {
        var (exit, _, said) = await RunAsync("access", "check", "--as", "ada", "--group", "sre", "--tool", Tool, "--account", "444444444444", "--rules", Rules);
        exit.ShouldBe(ExitCode.Refused);
        said.ShouldContain("Rules ask for the account's tags");
        (await RunAsync("access", "check", "--as", "ada", "--group", "sre", "--tool", Tool, "--account", "444444444444", "--tag", "env=dev", "--rules", Rules)).Code.ShouldBe(ExitCode.Ok);
        (await RunAsync("access", "check", "--as", "ada", "--group", "sre", "--tool", Tool, "--account", "dev", "--accounts-file", Accounts, "--rules", Rules)).Code.ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task Explain_shows_each_tool_with_its_accounts_and_rules()
    {
        var (exit, data, _) = await RunAsync("access", "explain", "--as", "ada", "--group", "sre", "--accounts-file", Accounts, "--rules", Rules, "--output", "json");
        exit.ShouldBe(ExitCode.Ok);
        var tools = JsonDocument.Parse(data).RootElement.GetProperty("tools").EnumerateArray().ToList();
        tools.Select(static tool => tool.GetProperty("tool").GetString()).ShouldContain(Tool);
        tools.ShouldAllBe(static tool => tool.GetProperty("tool").GetString()!.Contains("___describe_", StringComparison.Ordinal));
        tools[0].GetProperty("account_ids").EnumerateArray().Select(static id => id.GetString()).ShouldBe(["222222222222", "444444444444"]);
        (await RunAsync("access", "explain", "--as", "bob", "--rules", Rules)).Words.ShouldContain("This caller may use no tool.");
        (await RunAsync("access", "explain", "--as", "ada", "--group", "sre", "--rules", Rules)).Data.ShouldContain("no-pci");
    }

    [Fact]
    public async Task Without_a_file_the_local_owner_may_do_everything_and_nobody_else_anything()
    {
        (await RunAsync("access", "check", "--as", "local", "--tool", Tool, "--account", "222222222222")).Data.ShouldContain("there is no rule file, and this is the local owner.");
        (await RunAsync("access", "check", "--as", "ada", "--tool", Tool, "--account", "222222222222")).Code.ShouldBe(ExitCode.Refused);
    }

    [Theory]
    [InlineData("--as arn:aws:iam::111111111111:user/ada --group sre --tool x --account 222222222222", ExitCode.Usage, "IAM principals have no groups")]
    [InlineData("--as ada --claim department=x --tool x --account 222222222222", ExitCode.Usage, "is neither iss=URL nor client_id=ID")]
    [InlineData("--as ada --tool x --account Production", ExitCode.Refused, "names need --accounts-file")]
    [InlineData("--as ada --tool x --account 222222222222 --tag x", ExitCode.Usage, "--tag: 'x' is not KEY=VALUE")]
    [InlineData("--as ada --tool x --account 222222222222 --rules /nonexistent", ExitCode.Refused, "there is no such file")]
    public async Task A_wrong_question_is_told_what_is_wrong(string line, int code, string words)
    {
        var (exit, _, said) = await RunAsync(["access", "check", .. line.Split(' ')]);
        exit.ShouldBe(code, said);
        said.ShouldContain(words);
    }

    private static async Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments)
    {
        var (data, words, screen) = Fake.Screen(width: null);
        return (await CommandLine.RunAsync(arguments, screen), data.ToString(), words.ToString());
    }
}
