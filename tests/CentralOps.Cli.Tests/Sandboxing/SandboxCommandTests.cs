using System.Net;
using System.Text.Json;
using CentralOps.Aws.Signing;
using CentralOps.Cli.Running;
using CentralOps.Sandbox;

namespace CentralOps.Cli.Tests.Sandboxing;

/// <summary><c>centralops sandbox</c> against a sandbox that runs, found by its state directory.</summary>
public sealed class SandboxCommandTests : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("centralops-").FullName;
    private SandboxServer _sandbox = null!;
    private IDisposable _held = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var directory = StateDirectory.At(_state);
        _held = directory.TryHold()!;
        directory.Write(new UpState(
            "http://127.0.0.1:1/mcp", _sandbox.Url.GetLeftPart(UriPartial.Authority), "none", "us-east-1",
            new ControlCredentials(_sandbox.Operator.AccessKeyId, _sandbox.Operator.SecretAccessKey), new UpPorts(1, _sandbox.Url.Port), [], DateTimeOffset.UnixEpoch));
    }

    public async Task DisposeAsync()
    {
        _held.Dispose();
        await _sandbox.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task A_fault_is_added_listed_and_taken_away()
    {
        var (code, data, words) = await RunAsync("fault", "add", "throttle", "--service", "ec2", "-a", "Production", "--rate", "2", "--burst", "4", "--times", "9");
        code.ShouldBe(ExitCode.Ok, words);
        data.ShouldBe("f-1: throttle above 2/s, 4 at once, account 222222222222, service ec2, 9 more times\n");
        words.ShouldBe("Take it away with: ./centralops sandbox fault remove f-1\n");

        (_, data, _) = await RunAsync("fault", "list");
        data.Split('\n')[1].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["f-1", "throttle above 2/s, 4 at once", "222222222222", "*", "ec2", "*", "0", "9 more times"]);

        (code, data, _) = await RunAsync("fault", "remove", "f-1");
        (code, data).ShouldBe((ExitCode.Ok, "1 fault taken away.\n"));
        (_, data, words) = await RunAsync("fault", "list");
        (data, words).ShouldBe(("", "No fault stands.\n"));
    }

    [Theory]
    [InlineData("latency --latency 200ms --up-to 2s --for 5m", "latency 200 ms to 2 s, everywhere, until ")]
    [InlineData("deny --policy scp --explicit --region eu-west-1", "explicit deny, scp, region eu-west-1")]
    [InlineData("session-lifetime --lifetime 20s", "sessions live 20 s, everywhere")]
    [InlineData("clock-skew --skew -10m", "clock 10 min behind, everywhere")]
    [InlineData("clock-skew --skew=2h", "clock 2 h ahead, everywhere")]
    [InlineData("drop --service sts --operation AssumeRole", "drop the connection, service sts, operation AssumeRole")]
    [InlineData("throttle", "throttle all, everywhere")]
    public async Task What_was_typed_is_said_back(string line, string words)
    {
        var (code, data, said) = await RunAsync(["fault", "add", .. line.Split(' ')]);

        code.ShouldBe(ExitCode.Ok, said);
        data.ShouldStartWith("f-1: " + words);
    }

    [Theory]
    [InlineData("explode", "kind: 'explode' is not one of throttle, deny")]
    [InlineData("latency", "'latency' needs --latency, such as --latency 20s.")]
    [InlineData("latency --latency 200", "--latency: '200' is not a length of time")]
    [InlineData("deny --rate 2", "--rate belongs to 'throttle', not to 'deny'")]
    [InlineData("clock-skew --lifetime 2s --skew 2s", "--lifetime belongs to 'session-lifetime'")]
    public async Task A_wrong_command_line_exits_2_and_says_what_would_be_right(string line, string words)
    {
        var (code, data, said) = await RunAsync(["fault", "add", .. line.Split(' ')]);

        code.ShouldBe(ExitCode.Usage, said);
        data.ShouldBeEmpty();
        said.ShouldContain(words);
        said.ShouldContain("centralops sandbox fault add --help");
    }

    [Theory]
    [InlineData("fault add throttle --service monitoring", "service: 'monitoring' is not served here; give one of ")]
    [InlineData("fault add throttle --account Nowhere", "account: 'Nowhere' is not an account of this sandbox")]
    [InlineData("fault remove f-7", "There is no fault 'f-7'.")]
    public async Task What_the_sandbox_refuses_exits_1_with_its_words(string line, string words)
    {
        var (code, _, said) = await RunAsync(line.Split(' '));

        code.ShouldBe(ExitCode.Refused);
        said.ShouldContain(words);
    }

    [Fact]
    public async Task Json_is_what_the_sandbox_holds()
    {
        var (_, added, _) = await RunAsync("fault", "add", "expired", "--output", "json");
        var (_, listed, _) = await RunAsync("fault", "list", "--output", "json");
        var (_, cleared, _) = await RunAsync("fault", "clear", "--output", "json");

        JsonSerializer.Deserialize<JsonElement>(added).GetProperty("fault").GetProperty("kind").GetString().ShouldBe("expired");
        JsonSerializer.Deserialize<JsonElement>(listed)[0].GetProperty("id").GetString().ShouldBe("f-1");
        JsonSerializer.Deserialize<JsonElement>(cleared).GetProperty("removed").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_trail_is_a_table_that_fits_and_json_in_cloudtrails_shape()
    {
        await AssumeAsync("222222222222");
        await AssumeAsync("131313131313");

        var (_, narrow, words) = await RunAsync(80, "trail");
        narrow.Split('\n').ShouldAllBe(line => line.Length <= 80);
        narrow.ShouldContain("sts:AssumeRole");
        narrow.ShouldContain("AccessDenied");
        words.ShouldContain("Not shown for lack of width: ");

        var (_, errors, _) = await RunAsync("trail", "--errors", "--output", "json");
        JsonSerializer.Deserialize<JsonElement>(errors).GetProperty("Records").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("resources")[0].GetProperty("ARN").GetString().ShouldBe("arn:aws:iam::131313131313:role/CentralOpsTargetRole");

        var (_, production, _) = await RunAsync("trail", "--account", "production", "--since", "10m");
        production.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        var (_, none, said) = await RunAsync("trail", "--caller", "nobody");
        (none, said).ShouldBe(("", "No such call was made.\n"));
    }

    [Fact]
    public async Task Without_a_sandbox_it_says_how_to_start_one()
    {
        var (_, words, screen) = Fake.Screen(width: null);

        (await CommandLine.RunAsync(["sandbox", "trail", "--state", "/nonexistent"], screen)).ShouldBe(ExitCode.Refused);
        words.ToString().ShouldContain("No sandbox runs here");
        words.ToString().ShouldContain("centralops up");
    }

    [Theory]
    [InlineData("", "there are fault, trail")]
    [InlineData("fault", "there are add, list, remove, clear")]
    [InlineData("trail --limit 0", "--limit: give 1 to 10000.")]
    [InlineData("trail --since yesterday", "--since: 'yesterday' is neither a time")]
    public async Task An_incomplete_command_tells_what_there_is(string line, string words)
    {
        var (code, _, said) = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        code.ShouldBe(ExitCode.Usage, said);
        said.ShouldContain(words);
    }

    private Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    private async Task<(int Code, string Data, string Words)> RunAsync(int? width, params string[] arguments)
    {
        var (data, words, screen) = Fake.Screen(width);
        var takesState = arguments.Length > 1 || arguments is ["trail"];
        var code = await CommandLine.RunAsync(["sandbox", .. arguments, .. takesState ? ["--state", _state] : Array.Empty<string>()], screen);
        return (code, data.ToString(), words.ToString());
    }

    private async Task AssumeAsync(string account)
    {
        using var http = new HttpClient(new SigningHandler(_ => ValueTask.FromResult(_sandbox.Operator), "us-east-1", "sts", TimeProvider.System) { InnerHandler = new SocketsHttpHandler() });
        using var answer = await http.PostAsync(_sandbox.Url, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "AssumeRole",
            ["Version"] = "2011-06-15",
            ["RoleArn"] = $"arn:aws:iam::{account}:role/CentralOpsTargetRole",
            ["RoleSessionName"] = "alice",
        }));
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Forbidden);
    }
}
