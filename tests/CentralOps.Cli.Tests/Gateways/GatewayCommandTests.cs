using System.Text.Json.Nodes;
using CentralOps.Cli.Tests.Control;

namespace CentralOps.Cli.Tests.Gateways;

public sealed class GatewayCommandTests : IAsyncLifetime
{
    private const string Discovery = "https://idp.example.com/.well-known/openid-configuration";

    private ManagedGateways _managed = null!;

    public async Task InitializeAsync() => _managed = await ManagedGateways.StartAsync();

    public async Task DisposeAsync() => await _managed.DisposeAsync();

    [Fact]
    public async Task A_gateway_is_made_shown_changed_and_deleted()
    {
        var (code, data, words) = await _managed.RunAsync("gateway", "create", "ops", "--authorizer", "none", "--search", "--description", "Operations tools", "--instructions", "Ask.");
        code.ShouldBe(ExitCode.Ok, words);
        Line(data, "name").ShouldBe("ops");
        Line(data, "status").ShouldBe("READY", "it waits until it is");
        Line(data, "protocolConfiguration.mcp.searchType").ShouldBe("SEMANTIC");
        var id = Line(data, "gatewayId");

        (code, data, _) = await _managed.RunAsync("gateway", "list");
        code.ShouldBe(ExitCode.Ok);
        data.ShouldContain(id);
        data.Split('\n')[0].ShouldStartWith("NAME");

        (code, data, words) = await _managed.RunAsync("gateway", "update", "ops", "--description", "Changed", "--debug", "--remove", "protocolConfiguration.mcp.instructions", "--output", "json");
        code.ShouldBe(ExitCode.Ok, words);
        var updated = JsonNode.Parse(data)!;
        ((string)updated["description"]!, (string)updated["exceptionLevel"]!, (string)updated["protocolConfiguration"]!["mcp"]!["searchType"]!).ShouldBe(("Changed", "DEBUG", "SEMANTIC"), "what was not named stays");
        updated["protocolConfiguration"]!["mcp"]!["instructions"].ShouldBeNull();

        (code, data, _) = await _managed.RunAsync("gateway", "update", id, "--remove", "exceptionLevel", "--output", "json");
        (code, JsonNode.Parse(data)!["exceptionLevel"], (string)JsonNode.Parse(data)!["description"]!).ShouldBe((ExitCode.Ok, null, "Changed"));

        (code, data, words) = await _managed.RunAsync("gateway", "delete", "ops");
        (code, data, words).ShouldBe((ExitCode.Ok, "", "Deleted.\n"));
        (await _managed.RunAsync("gateway", "list")).Words.ShouldBe("There is none.\n");
    }

    [Fact]
    public async Task The_APIs_own_JSON_is_taken_and_options_are_put_over_it()
    {
        var file = _managed.Write("gateway.json", $$$$"""{"name": "from-file", "roleArn": "arn:aws:iam::111111111111:role/x", "authorizerType": "CUSTOM_JWT", "authorizerConfiguration": {"customJWTAuthorizer": {"discoveryUrl": "{{{{Discovery}}}}", "allowedClients": ["a"]}}}""");
        var (code, data, words) = await _managed.RunAsync("gateway", "create", "--cli-input-json", file, "--description", "d", "--output", "json");
        code.ShouldBe(ExitCode.Ok, words);
        var made = JsonNode.Parse(data)!;
        ((string)made["name"]!, (string)made["description"]!, (string)made["authorizerType"]!, (string)made["roleArn"]!).ShouldBe(("from-file", "d", "CUSTOM_JWT", "arn:aws:iam::111111111111:role/x"));
        made["protocolType"].ShouldBeNull("nothing is added to whole JSON");

        (code, data, words) = await _managed.RunAsync("gateway", "update", "from-file", "--allowed-client", "b", "--allowed-client", "c", "--output", "json");
        code.ShouldBe(ExitCode.Ok, words);
        var rules = JsonNode.Parse(data)!["authorizerConfiguration"]!["customJWTAuthorizer"]!;
        rules["allowedClients"]!.AsArray().Select(client => (string)client!).ShouldBe(["b", "c"]);
        ((string)rules["discoveryUrl"]!).ShouldBe(Discovery);
    }

    [Theory]
    [InlineData("a name is wanted", "gateway create", "A gateway needs a name")]
    [InlineData("jwt without a provider", "gateway create ops --authorizer jwt", "--authorizer jwt needs the identity provider")]
    [InlineData("rules without jwt", "gateway create ops --allowed-client a", "rules for tokens: give --authorizer jwt")]
    [InlineData("an authorizer that is none", "gateway create ops --authorizer some", "'some' is not one of iam, none, jwt")]
    [InlineData("a missing file", "gateway create --cli-input-json /none.json", "the file /none.json is not there")]
    [InlineData("a profile for nothing", "gateway list --profile x", "")]
    public async Task A_wrong_command_line_is_told_with_the_repair(string why, string line, string said)
    {
        var (code, _, words) = await _managed.RunAsync(line.Split(' '));
        words.ShouldContain(said, Case.Sensitive, why);
        code.ShouldBe(why is "a profile for nothing" ? ExitCode.Refused : ExitCode.Usage, why);
    }

    [Theory]
    [InlineData("[1]", "is not a JSON object")]
    [InlineData("{\"name\": \"a\", \"name\": \"b\"}", "not JSON with each name once")]
    [InlineData("{\"name\": ", "not JSON with each name once (line 1")]
    [InlineData("{\"name\": \"ops\", \"surprise\": \"hidden-text\"}", "surprise")]
    public async Task Wrong_JSON_is_told_by_its_place_and_not_by_its_text(string json, string said)
    {
        var (code, _, words) = await _managed.RunAsync("gateway", "create", "--cli-input-json", _managed.Write("wrong.json", json));
        code.ShouldBe(ExitCode.Usage, words);
        words.ShouldContain(said);
        words.ShouldNotContain("hidden-text");
    }

    [Fact]
    public async Task A_refusal_tells_the_error_class_each_member_and_the_remedy()
    {
        var (code, data, words) = await _managed.RunAsync("gateway", "create", "not_a--name", "--description", new string('x', 300));
        (code, data).ShouldBe((ExitCode.Refused, ""));
        words.ShouldStartWith("CreateGateway was refused: ValidationException: ");
        words.ShouldContain("\n  name: ");
        words.ShouldContain("\n  description: ");
        words.ShouldContain("\nRemedy: correct what is named");

        await _managed.RunAsync("gateway", "create", "twice");
        (code, _, words) = await _managed.RunAsync("gateway", "create", "twice");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldStartWith("CreateGateway was refused: ConflictException: ");
        words.ShouldContain("Remedy: see what is there (list, get): choose another name");

        (code, _, words) = await _managed.RunAsync("gateway", "get", "nothing-0123456789");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldStartWith("GetGateway was refused: ResourceNotFoundException: ");
        (code, _, words) = await _managed.RunAsync("gateway", "get", "nothing");
        (code, words).ShouldBe((ExitCode.Refused, "There is no gateway 'nothing': there are twice.\n"));
    }

    [Fact]
    public async Task A_control_plane_that_is_not_there_is_a_sentence()
    {
        var (code, _, words) = await ManagedGateways.RunAtAsync(80, "gateway", "list", "--endpoint", "http://127.0.0.1:1");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldStartWith("ListGateways got no answer (ConnectionRefused)");
        words.ShouldContain("Remedy: see whether the control plane runs");
        (code, _, words) = await ManagedGateways.RunAtAsync(80, "gateway", "list", "--state", _managed.Folder + "/none");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldContain("start one with 'centralops up', name one with --endpoint URL, or manage AWS's with --aws.");
        (code, _, words) = await ManagedGateways.RunAtAsync(80, "gateway", "list", "--endpoint", "http://control.example.com");
        (code, words.Contains("http to another machine would show secrets", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await ManagedGateways.RunAtAsync(80, "gateway", "list", "--aws", "--endpoint", "http://127.0.0.1:1");
        (code, words.Contains("name two control planes", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
    }

    [Fact]
    public async Task Without_an_endpoint_the_running_ups_control_plane_is_asked()
    {
        var state = _managed.Folder + "/state";
        using var running = _managed.AsRunning(state);
        var (code, data, words) = await ManagedGateways.RunAtAsync(80, "gateway", "create", "ops", "--state", state);
        code.ShouldBe(ExitCode.Ok, words);
        Line(data, "name").ShouldBe("ops");
        (await _managed.RunAsync("gateway", "list")).Data.ShouldContain("ops");
    }

    [Fact]
    public async Task A_table_fits_and_its_ids_stay_whole_and_hostile_text_is_shown_harmlessly()
    {
        await _managed.RunAsync("gateway", "create", new string('a', 40), "--description", "\u001b[31mred\u202egnp " + new string('d', 100));
        var id = JsonNode.Parse((await _managed.RunAsync("gateway", "list", "--output", "json")).Data)!["items"]![0]!["gatewayId"]!.ToString();
        foreach (var width in new int?[] { 60, 80, 200, null })
        {
            var (_, data, _) = await ManagedGateways.RunAtAsync(width, "gateway", "list", "--endpoint", _managed.Url);
            data.ShouldContain(id);
            data.Split('\n').ShouldAllBe(line => width == null || line.Length <= width);
            data.ShouldNotContain("\u001b");
            data.ShouldNotContain("\u202e");
        }
    }

    [Fact]
    public async Task A_gateway_with_targets_is_deleted_with_them_when_that_is_said()
    {
        await _managed.RunAsync("gateway", "create", "ops");
        var (code, _, words) = await _managed.RunAsync("target", "add", "mcp", "docs", "--url", "https://docs.example.com/mcp");
        code.ShouldBe(ExitCode.Ok, words);
        (code, _, words) = await _managed.RunAsync("gateway", "delete", "ops");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldStartWith("DeleteGateway was refused: ConflictException");
        (code, _, words) = await _managed.RunAsync("gateway", "delete", "ops", "--with-targets");
        (code, words).ShouldBe((ExitCode.Ok, "Deleted.\n"));
    }

    /// <summary>A member's value: beside its path, or below where the path is long.</summary>
    internal static string Line(string data, string path)
    {
        var lines = data.Split('\n');
        var at = Array.FindIndex(lines, line => line == path || line.StartsWith(path + " ", StringComparison.Ordinal));
        at.ShouldBeGreaterThanOrEqualTo(0, data);
        return (lines[at] == path ? lines[at + 1] : lines[at][path.Length..]).Trim();
    }
}
