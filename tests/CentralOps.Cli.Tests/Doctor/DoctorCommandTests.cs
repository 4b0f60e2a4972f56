using System.Text.Json.Nodes;
using CentralOps.Cli.Tests.Control;
using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Cli.Tests.Doctor;

public sealed class DoctorCommandTests : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("centralops-doctor-").FullName;
    private ManagedGateways _managed = null!;

    public async Task InitializeAsync() => _managed = await ManagedGateways.StartAsync();

    public async Task DisposeAsync()
    {
        await _managed.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task A_sound_installation_is_all_ok_and_exit_0()
    {
        await _managed.RunAsync("gateway", "create", "ops", "--authorizer", "none", "--search");
        var (code, data, words) = await _managed.RunAsync("doctor", "--settings", _managed.Write("gateway.yaml", "gateways:\n  - gateway: ops\n"));
        code.ShouldBe(ExitCode.Ok, data + words);
        data.ShouldContain("ok       settings: ");
        data.ShouldContain("ok       control plane: It answers at " + _managed.Url);
        data.ShouldContain("ok       clock: ");
        data.ShouldContain("ok       gateway ops: READY");
        words.ShouldBe("All is well.\n");
    }

    [Fact]
    public async Task A_dead_target_is_a_problem_and_one_that_may_write_a_warning_each_with_a_remedy()
    {
        await _managed.RunAsync("gateway", "create", "ops", "--authorizer", "none");
        await _managed.RunAsync("target", "add", "mcp", "docs", "--url", "https://docs.example.com/mcp");
        _managed.Servers["https://dead.example.com/mcp"] = new SyncOutcome.Failed("Failed to connect: nobody answers.");
        await _managed.RunAsync("target", "add", "mcp", "dead", "--url", "https://dead.example.com/mcp");

        var (code, data, words) = await _managed.RunAsync("doctor", "--output", "json");

        code.ShouldBe(ExitCode.Refused, data + words);
        var told = JsonNode.Parse(data)!;
        var checks = told["checks"]!.AsArray().Select(check => ((string)check!["check"]!, (string)check["level"]!)).ToArray();
        checks.ShouldContain(("target ops/dead", "problem"));
        checks.ShouldContain(("target ops/docs", "ok"));
        checks.ShouldContain(("target ops/docs", "warning"));
        var dead = told["checks"]!.AsArray().Single(check => (string)check!["check"]! == "target ops/dead" && (string)check["level"]! == "problem")!;
        ((string)dead["message"]!).ShouldContain("nobody answers");
        ((string)dead["remedy"]!).ShouldContain("centralops target get dead --gateway ops");
        ((int)told["problems"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Settings_that_are_wrong_or_name_a_gateway_that_is_not_there_are_told()
    {
        var (code, data, _) = await DoctorAsync("--settings", _managed.Write("wrong.yaml", "gatways: []\n"));
        code.ShouldBe(ExitCode.Refused);
        data.ShouldContain("gatways is not known. Did you mean 'gateways'?");

        (code, data, _) = await DoctorAsync("--settings", _managed.Write("other.yaml", "gateways:\n  - gateway: elsewhere\n"));
        code.ShouldBe(ExitCode.Ok);
        data.ShouldContain("warning  settings: They say something of a gateway 'elsewhere', which there is not.");
    }

    [Fact]
    public async Task What_is_kept_here_is_looked_at_and_a_key_that_others_may_read_is_a_problem()
    {
        var key = Path.Combine(_state, "gateway.key");
        MasterKeyFile.Open(key, TimeProvider.System, out _);
        File.Copy(Path.Combine(_managed.Folder, "gateway.db"), Path.Combine(_state, "gateway.db"));
        var (code, data, words) = await ManagedGateways.RunAtAsync(null, "doctor", "--state", _state);
        code.ShouldBe(ExitCode.Ok, data + words);
        data.ShouldContain("ok       database: It answers");
        data.ShouldContain("warning  control plane: None runs here");

        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        (code, data, _) = await ManagedGateways.RunAtAsync(null, "doctor", "--state", _state);
        code.ShouldBe(ExitCode.Refused);
        data.ShouldContain("problem  key: ");
        data.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task A_control_plane_that_does_not_answer_is_a_problem_and_not_a_crash()
    {
        var (code, data, words) = await ManagedGateways.RunAtAsync(null, "doctor", "--endpoint", "http://127.0.0.1:1");
        code.ShouldBe(ExitCode.Refused, words);
        data.ShouldContain("problem  control plane: ListGateways got no answer");
    }

    [Fact]
    public async Task Another_database_that_is_no_database_is_a_problem()
    {
        await File.WriteAllTextAsync(Path.Combine(_state, "gateway.db"), new string('x', 5000));
        var (code, data, _) = await ManagedGateways.RunAtAsync(null, "doctor", "--state", _state);
        code.ShouldBe(ExitCode.Refused);
        data.ShouldContain("problem  database: ");
    }

    [Fact]
    public async Task An_account_that_is_none_is_a_wrong_command_line()
    {
        var (code, _, words) = await _managed.RunAsync("doctor", "--account", "Production");
        code.ShouldBe(ExitCode.Usage);
        words.ShouldContain("--account: 'Production' is not an account id");
    }

    private Task<(int Code, string Data, string Words)> DoctorAsync(params string[] more) => ManagedGateways.RunAtAsync(null, ["doctor", "--endpoint", _managed.Url, .. more]);
}
