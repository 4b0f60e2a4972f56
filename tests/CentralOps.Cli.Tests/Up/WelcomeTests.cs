using System.Text.Json;
using CentralOps.Cli.Running;
using CentralOps.Cli.Up;

namespace CentralOps.Cli.Tests.Up;

/// <summary>What 'up' prints is copied from a terminal and pasted.</summary>
public sealed class WelcomeTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("iam")]
    public void Every_line_fits_a_terminal_of_80_columns_so_that_none_is_broken(string auth) =>
        Shown(auth, "/tmp/second").Split('\n').ShouldAllBe(line => line.Length <= 80);

    [Fact]
    public void The_configuration_for_vs_code_parses_and_names_the_endpoint()
    {
        var text = Shown("none", "/tmp/second");
        var json = text[text.IndexOf('{', StringComparison.Ordinal)..text.IndexOf("curl", StringComparison.Ordinal)];
        JsonDocument.Parse(json).RootElement.GetProperty("servers").GetProperty("central-ops").GetProperty("url").GetString().ShouldBe(State("none").GatewayUrl);
    }

    [Fact]
    public void A_state_directory_with_a_space_is_quoted_for_the_shell() =>
        Shown("none", "/tmp/my 'state'").ShouldContain("""accounts --state '/tmp/my '\''state'\'''""");

    private static string Shown(string auth, string state)
    {
        var (data, _, screen) = Fake.Screen(width: null);
        Welcome.Show(State(auth), StateDirectory.At(state), screen);
        return data.ToString();
    }

    private static UpState State(string auth) => new(
        "http://127.0.0.1:65535/central-ops-gateway-iam-abcdefghij/mcp", "http://127.0.0.1:65534", auth, "us-east-1",
        new ControlCredentials("AKIAOW3527OUFVHVTMZU", new string('s', 40)), new UpPorts(65535, 65534), [new UpProcess("up", 3, "running")], DateTimeOffset.UnixEpoch)
    {
        ControlUrl = "http://127.0.0.1:65533",
    };
}
