using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;
using CentralOps.EndToEnd.Tests.RealAccounts;

namespace CentralOps.EndToEnd.Tests.Proxying;

/// <summary><c>centralops proxy</c> as it is published, before the gateway of an <c>up --auth iam</c>, with a sandbox in AWS's place.</summary>
[Collection("signed")]
public sealed class ProxyCommandTests(SignedUp signed) : IDisposable
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";
    private const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}""";

    private readonly Person _person = new(signed.Up.SandboxUrl, (signed.Up.KeyId, signed.Up.Secret));

    private string[] Unconfined => [signed.Up.GatewayUrl, "--service", "bedrock-agentcore", "--region", "us-east-1", "--profile", "operator", "--unconfined"];

    public void Dispose() => _person.Dispose();

    [Fact]
    public async Task Messages_go_in_and_out_on_lines_and_words_are_on_stderr()
    {
        var ran = await TalkAsync(
            Unconfined, Initialize, List, """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"ec2___describe_ec2_instances","arguments":{"account_id":"Production","region":"us-east-1"}}}""");
        ran.ExitCode.ShouldBe(0, ran.Error);
        var answers = Answers(ran);
        answers[1].GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString().ShouldBe("CentralOps-Proxy");
        answers[2].GetProperty("result").GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("name").GetString()).ShouldContain("ec2___describe_ec2_instances");
        answers[3].GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("\"account_id\":\"222222222222\"");
        ran.Error.ShouldContain("--unconfined: credentials are not confined");
        ran.Error.ShouldContain("create, change, delete, read secrets");
    }

    [Fact]
    public async Task A_confined_role_that_the_gateway_does_not_admit_is_told_as_that()
    {
        var ran = await TalkAsync(Unconfined[..^1], Initialize, List);
        ran.ExitCode.ShouldBe(0, ran.Error);
        var words = Answers(ran)[2].GetProperty("error").GetProperty("message").GetString()!;
        words.ShouldStartWith("[access]");
        words.ShouldContain("CentralOpsTargetRole in account 111111111111");
        ran.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_profile_that_is_not_there_the_client_is_told_what_to_do()
    {
        var ran = await TalkAsync([signed.Up.GatewayUrl, "--service", "bedrock-agentcore", "--region", "us-east-1", "--profile", "nobody"], Initialize, List);
        ran.ExitCode.ShouldBe(0, ran.Error);
        Answers(ran)[1].TryGetProperty("result", out _).ShouldBeTrue("initialize always works");
        var error = Answers(ran)[2].GetProperty("error");
        error.GetProperty("code").GetInt32().ShouldBe(-32603);
        error.GetProperty("message").GetString()!.ShouldContain("nobody");
    }

    [Theory]
    [InlineData("is not the URL", "nonsense")]
    [InlineData("--service and --region", "https://mcp.example.com/mcp")]
    [InlineData("use https", "http://mcp.example.com/mcp", "--service", "lambda", "--region", "us-east-1")]
    [InlineData("12-digit", "--account", "Production")]
    [InlineData("KEY=VALUE", "--metadata", "AWS_REGION")]
    [InlineData("0 to 10", "--retries", "11")]
    [InlineData("1s to 15m", "--timeout", "1h")]
    public async Task What_is_wrong_on_the_command_line_ends_it_with_the_repair(string told, params string[] arguments)
    {
        var ran = await TalkAsync(arguments);
        (ran.ExitCode, ran.Out).ShouldBe((2, ""));
        ran.Error.ShouldContain(told);
    }

    [NeedsFact("node", "node_modules/@modelcontextprotocol/sdk/package.json")]
    public async Task The_official_sdk_works_over_stdio() => CheckAnswers(await AskAsync("sdk"));

    [NeedsFact("node", "node_modules/@modelcontextprotocol/client/package.json")]
    public async Task The_official_client_works_over_stdio_pinned_to_2026_07_28() => CheckAnswers(await AskAsync("2026-07-28"), "2026-07-28");

    [NeedsFact("node", "node_modules/@modelcontextprotocol/client/package.json")]
    public async Task The_official_client_works_over_stdio_on_auto() => CheckAnswers(await AskAsync("auto"), "2026-07-28");

    [NeedsFact("node_modules/.bin/node", "node_modules/.bin/mcp-inspector")]
    public async Task The_inspector_works_over_stdio()
    {
        var inspector = Path.Combine(Repository.Clients, "node_modules/.bin/mcp-inspector");
        var environment = new Dictionary<string, string>(_person.Environment, StringComparer.Ordinal);
        var ran = await Ran.ProgramAsync(
            Path.Combine(Repository.Clients, "node_modules/.bin/node"),
            // It hands few variables on: what the proxy needs is named.
            [inspector, "--cli", .. environment.SelectMany(static pair => new[] { "-e", $"{pair.Key}={pair.Value}" }), Repository.Command, "proxy", .. Unconfined, "--method", "tools/list"],
            Repository.Clients, environment);
        ran.ExitCode.ShouldBe(0, ran.Error + ran.Out);
        ran.Json.GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("name").GetString()).ShouldContain("ec2___describe_ec2_instances");
    }

    [Fact]
    public async Task On_loopback_http_the_token_admits_and_Ctrl_C_ends_it()
    {
        var token = new string('t', 40);
        var environment = new Dictionary<string, string>(_person.Environment, StringComparer.Ordinal) { ["CENTRALOPS_PROXY_TOKEN"] = token };
        using var process = Ran.Start(Repository.Command, ["proxy", .. Unconfined, "--http", "0"], environment: environment);
        try
        {
            var url = "";
            while (await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)) is { } line && url.Length == 0)
            {
                line.ShouldNotContain(token);
                url = line.StartsWith("MCP at ", StringComparison.Ordinal) ? line.Split(' ')[2] : "";
            }

            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(List, Encoding.UTF8, "application/json") };
            (await http.SendAsync(request)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
            using var admitted = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(List, Encoding.UTF8, "application/json") };
            admitted.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            (await (await http.SendAsync(admitted)).Content.ReadAsStringAsync()).ShouldContain("centralops_account_id");

            Signals.Send(process.Id, Signals.Interrupt);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            process.ExitCode.ShouldBe(0);
            (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static void CheckAnswers(JsonElement answers, string? version = null)
    {
        answers.GetProperty("version").GetString().ShouldBe(version);
        answers.GetProperty("tools").GetArrayLength().ShouldBe(20, "the gateway's, none left out");
        answers.GetProperty("arguments").EnumerateArray().Select(static name => name.GetString()).ShouldContain("centralops_account_id");
        answers.GetProperty("instances").GetProperty("answer").GetProperty("account_id").GetString().ShouldBe("222222222222");
        answers.GetProperty("refusedAccount").GetProperty("answer").GetProperty("error").GetProperty("stage").GetString().ShouldBe("unknown_account");
    }

    private async Task<JsonElement> AskAsync(string mode)
    {
        var ran = await Ran.ProgramAsync("node", ["stdio.mjs", mode, Repository.Command, "proxy", .. Unconfined], Repository.Clients, _person.Environment);
        ran.ExitCode.ShouldBe(0, ran.Error);
        return ran.Json;
    }

    private async Task<Ran> TalkAsync(string[] arguments, params string[] lines)
    {
        using var process = Ran.Start(Repository.Command, ["proxy", .. arguments], environment: _person.Environment);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(line);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return new Ran(process.ExitCode, await output, await error);
    }

    private static Dictionary<int, JsonElement> Answers(Ran ran) =>
        ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToDictionary(static answer => answer.GetProperty("id").GetInt32());
}
