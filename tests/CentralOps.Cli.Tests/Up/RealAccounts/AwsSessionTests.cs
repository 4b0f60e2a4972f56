using System.Net;
using System.Text;
using System.Text.Json;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Running;
using CentralOps.Cli.Up;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Gateway;
using CentralOps.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Cli.Tests.Up.RealAccounts;

/// <summary>'up --aws' with the sandbox in AWS's place: nothing but AWS_ENDPOINT_URL points there.</summary>
public sealed class AwsSessionTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["CENTRALOPS_DIRECTORY_ACCOUNT"] = "111111111111",
    };

    private SandboxServer _sandbox = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var keys = _sandbox.SessionOf("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", "jane@example.com", TimeSpan.FromHours(1));
        _environment["AWS_ENDPOINT_URL"] = _sandbox.Url.GetLeftPart(UriPartial.Authority);
        _environment["AWS_ACCESS_KEY_ID"] = keys.AccessKeyId;
        _environment["AWS_SECRET_ACCESS_KEY"] = keys.SecretAccessKey;
        _environment["AWS_SESSION_TOKEN"] = keys.SessionToken!;
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task The_accounts_are_reached_in_the_persons_own_name()
    {
        await using var session = await StartAsync();
        await using var gateway = await GatewayConnection.OpenAsync(new Uri(session.State.GatewayUrl), session.State, CancellationToken.None);
        var accounts = await gateway.CallAsync("accounts___list_accounts", new Dictionary<string, JsonElement>(), CancellationToken.None);
        accounts.GetProperty("directory").GetProperty("source").GetString().ShouldBe("organizations");
        accounts.GetProperty("account_count").GetInt32().ShouldBeGreaterThan(5);

        var instances = await gateway.CallAsync("ec2___describe_ec2_instances", Arguments("""{"account_id":"Production"}"""), CancellationToken.None);
        instances.GetProperty("account_id").GetString().ShouldBe("222222222222");
        instances.TryGetProperty("confinement", out _).ShouldBeFalse("a session policy confines it");
        _sandbox.Trail.Find(new Sandbox.Trail.TrailQuery(Service: "ec2")).ShouldAllBe(static call => call.SourceIdentity == "jane@example.com");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic amFuZTp4")]
    [InlineData("half")]
    public async Task Without_the_token_nobody_is_answered_and_no_account_hears_of_it(string? header)
    {
        await using var session = await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, session.State.GatewayUrl);
        request.Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json");
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        var shown = header is "half" ? $"Bearer {session.State.GatewayToken![..20]}" : header;
        if (shown is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", shown).ShouldBeTrue();
        }

        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain(session.State.GatewayToken!);
        _sandbox.Trail.Find(new Sandbox.Trail.TrailQuery(Service: "organizations")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_start_has_a_token_of_its_own()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        one.State.GatewayToken!.Length.ShouldBeGreaterThanOrEqualTo(43);
        one.State.GatewayToken.ShouldNotBe(other.State.GatewayToken);
    }

    [Fact]
    public async Task The_way_out_is_through_the_proxy_where_one_is_set()
    {
        // The sandbox in the proxy's place. It answers 421 for a host that is not its own; without the proxy nobody would answer for this name.
        _environment["HTTP_PROXY"] = _environment["AWS_ENDPOINT_URL"];
        _environment["AWS_ENDPOINT_URL"] = "http://aws.invalid";
        (await Should.ThrowAsync<CommandFailedException>(StartAsync)).Message.ShouldContain("HTTP 421");
    }

    [Theory]
    [InlineData("AWS_CA_BUNDLE", "/nowhere/roots.pem", "AWS_CA_BUNDLE")]
    [InlineData("AWS_MAX_ATTEMPTS", "many", "AWS_MAX_ATTEMPTS")]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "true", "FIPS")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", "perhaps", "AWS_USE_DUALSTACK_ENDPOINT")]
    [InlineData("HTTPS_PROXY", "not a proxy", "HTTPS_PROXY")]
    public async Task A_setting_of_the_way_out_that_cannot_be_kept_is_told(string name, string value, string told)
    {
        _environment[name] = value;
        (await Should.ThrowAsync<CommandFailedException>(StartAsync)).Message.ShouldContain(told);
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_take_are_told_at_the_start()
    {
        _environment["AWS_SECRET_ACCESS_KEY"] = "wrong";
        var failed = await Should.ThrowAsync<CommandFailedException>(StartAsync);
        failed.Message.ShouldContain("AWS does not take these credentials");
        failed.Message.ShouldNotContain("wrong");
    }

    [Fact]
    public async Task All_settings_that_are_wrong_are_told_at_once()
    {
        _environment["CENTRALOPS_TARGET_ROLE"] = "R'; rm";
        _environment["CENTRALOPS_IDENTITY"] = "perhaps";
        _environment["AWS_REGION"] = "nowhere";
        var failed = await Should.ThrowAsync<CommandFailedException>(StartAsync);
        foreach (var name in new[] { "CENTRALOPS_TARGET_ROLE", "CENTRALOPS_IDENTITY", "AWS_REGION" })
        {
            failed.Message.ShouldContain(name);
        }
    }

    [Fact]
    public void The_state_file_with_the_token_is_its_owners_alone()
    {
        var directory = StateDirectory.At(Directory.CreateTempSubdirectory("centralops-").FullName);
        using var held = directory.TryHold();
        directory.Write(new UpState("http://127.0.0.1:1/x/mcp", null, "token", "us-east-1", null, new UpPorts(1, 0), [], DateTimeOffset.UnixEpoch) { GatewayToken = "t" });
        directory.Read()!.GatewayToken.ShouldBe("t");
        File.GetUnixFileMode(Path.Combine(directory.Path, "up.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private Task<AwsSession> StartAsync() => AwsSession.StartAsync(
        new UpOptions(Port: 0, UpAuth.None, FunctionPer.Subject), new AwsOptions(null, null),
        name => _environment.GetValueOrDefault(name), NullLoggerFactory.Instance, TimeProvider.System, static (_, work) => work(), CancellationToken.None);

    private static Dictionary<string, JsonElement> Arguments(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal);
}
