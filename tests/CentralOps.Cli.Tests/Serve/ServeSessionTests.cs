using System.Net;
using CentralOps.Cli.Running;
using CentralOps.Cli.Serve;
using CentralOps.Cli.Tests.Control;
using CentralOps.Gateway;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Settings.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Cli.Tests.Serve;

public sealed class ServeSessionTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("centralops-serve-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task What_is_made_through_its_control_plane_is_served_and_there_again_after_a_restart()
    {
        string url;
        await using (var session = await StartAsync())
        {
            using var running = AsRunning(session);
            (await CommandAsync("gateway", "create", "ops", "--search")).Code.ShouldBe(ExitCode.Ok);
            await EventuallyAsync(() => session.Gateways.Count == 1);
            url = session.Gateways[0].Url.AbsolutePath;
            StateDirectory.At(_state).Write(session.State);
            var (code, data, words) = await CommandAsync("tools", "--output", "json");
            code.ShouldBe(ExitCode.Ok, words);
            data.ShouldContain("x_amz_bedrock_agentcore_search");
        }

        await using var again = await StartAsync();
        again.Gateways.Single().Url.AbsolutePath.ShouldBe(url);
        again.State.GatewayUrl.ShouldEndWith(url);
    }

    [Fact]
    public async Task Its_control_plane_takes_its_own_key_alone()
    {
        await using var session = await StartAsync();
        session.State.Auth.ShouldBe("iam");
        var stranger = await ManagedGateways.RunAtAsync(null, "gateway", "list", "--endpoint", session.State.ControlUrl!);
        stranger.Code.ShouldBe(ExitCode.Refused);
        using (AsRunning(session))
        {
            (await CommandAsync("gateway", "list")).Code.ShouldBe(ExitCode.Ok);
        }
    }

    [Fact]
    public async Task Replicas_share_the_key_of_the_environment_and_half_of_one_is_refused()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["CENTRALOPS_CONTROL_ACCESS_KEY_ID"] = "AKIASHARED0000000000", ["CENTRALOPS_CONTROL_SECRET_ACCESS_KEY"] = "a-shared-secret-0123456789" };
        await using (var session = await StartAsync(variables: variables))
        {
            session.State.ControlCredentials!.AccessKeyId.ShouldBe("AKIASHARED0000000000");
        }

        variables.Remove("CENTRALOPS_CONTROL_SECRET_ACCESS_KEY");
        (await Should.ThrowAsync<CommandFailedException>(() => StartAsync(variables: variables))).Message.ShouldContain("set both, or neither");
    }

    [Fact]
    public async Task Without_keys_it_listens_on_loopback_only()
    {
        await using (var open = await StartAsync(noAuth: true))
        {
            (open.State.Auth, open.State.ControlCredentials).ShouldBe(("none", null));
            (await ManagedGateways.RunAtAsync(null, "gateway", "list", "--endpoint", open.State.ControlUrl!)).Code.ShouldBe(ExitCode.Ok);
        }

        await Should.ThrowAsync<GatewayStartException>(() => StartAsync(noAuth: true, address: IPAddress.Any));
        var (code, _, words) = await ManagedGateways.RunAtAsync(null, "serve", "--no-auth", "--listen", "0.0.0.0", "--state", _state, "--port", "0");
        code.ShouldBe(ExitCode.Usage);
        words.ShouldContain("anybody on the network");
    }

    [Fact]
    public async Task Wrong_settings_are_told_before_anything_starts()
    {
        var file = Path.Combine(_state, "gateway.yaml");
        await File.WriteAllTextAsync(file, "switches: {tool_prefx: off}\n");
        var (code, _, words) = await ManagedGateways.RunAtAsync(null, "serve", "--settings", file, "--state", _state, "--port", "0");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldContain("did you mean tool_prefix");
        (await Should.ThrowAsync<CommandFailedException>(() => StartAsync(variables: new Dictionary<string, string>(StringComparer.Ordinal) { ["CENTRALOPS_CALLER_SIGNING_KEY"] = "{}" })))
            .Message.ShouldContain("CENTRALOPS_CALLER_SIGNING_KEY");
    }

    [Fact]
    public async Task The_account_of_the_settings_is_the_one_that_ARNs_name()
    {
        await using var session = await StartAsync(SettingsFile.Parse("account: \"333333333333\"\nregion: eu-central-1\n", "f"));
        using var running = AsRunning(session);
        var (code, data, words) = await CommandAsync("gateway", "create", "ops", "--output", "json");
        code.ShouldBe(ExitCode.Ok, words);
        data.ShouldContain("arn:aws:bedrock-agentcore:eu-central-1:333333333333:gateway/");
    }

    private Task<(int Code, string Data, string Words)> CommandAsync(params string[] arguments) => ManagedGateways.RunAtAsync(null, [.. arguments, "--state", _state]);

    private IDisposable AsRunning(ServeSession session)
    {
        var held = StateDirectory.At(_state).TryHold()!;
        StateDirectory.At(_state).Write(session.State);
        return held;
    }

    private Task<ServeSession> StartAsync(GatewaySettings? settings = null, bool noAuth = false, IPAddress? address = null, Dictionary<string, string>? variables = null)
    {
        variables ??= new Dictionary<string, string>(StringComparer.Ordinal);
        variables["AWS_EC2_METADATA_DISABLED"] = "true";
        variables["AWS_CONFIG_FILE"] = variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        return ServeSession.StartAsync(
            new ServeOptions(address ?? IPAddress.Loopback, 0, _state, settings ?? GatewaySettings.None) { NoAuth = noAuth },
            name => variables.GetValueOrDefault(name), NullLoggerFactory.Instance, TimeProvider.System, default);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
