using System.Diagnostics;
using System.Text.Json.Nodes;
using CentralOps.Cli.Tests.Control;
using CentralOps.Cli.Tests.Gateways;

namespace CentralOps.Cli.Tests.Credentials;

public sealed class CredentialCommandTests : IAsyncLifetime
{
    private const string Secret = "s3cret-91c1f0d2";
    private const string Discovery = "https://idp.example.com/.well-known/openid-configuration";

    private readonly List<string> _said = [];
    private ManagedGateways _managed = null!;

    public async Task InitializeAsync() => _managed = await ManagedGateways.StartAsync();

    public async Task DisposeAsync()
    {
        await _managed.DisposeAsync();
        _said.ShouldAllBe(text => !text.Contains(Secret, StringComparison.Ordinal), "no command shows a secret");
    }

    [Fact]
    public async Task An_OAuth_client_is_kept_changed_and_deleted()
    {
        var secret = "file:" + _managed.Write("secret", Secret + "\n");
        var (code, data, words) = await RunAsync("credential", "add-oauth", "idp", "--discovery-url", Discovery, "--client-id", "ops", "--client-secret-from", secret);
        code.ShouldBe(ExitCode.Ok, words);
        GatewayCommandTests.Line(data, "name").ShouldBe("idp");
        words.ShouldContain("Register this redirect address at the identity provider where people consent: http");

        (code, data, words) = await RunAsync("credential", "update", "idp", "--client-id", "other", "--client-secret-from", secret, "--output", "json");
        code.ShouldBe(ExitCode.Ok, words);
        var custom = JsonNode.Parse(data)!["oauth2ProviderConfigOutput"]!["customOauth2ProviderConfig"]!;
        ((string)custom["clientId"]!, (string)custom["oauthDiscovery"]!["discoveryUrl"]!).ShouldBe(("other", Discovery), "what was not named stays");

        (code, data, _) = await RunAsync("credential", "get", "idp");
        (code, GatewayCommandTests.Line(data, "credentialProviderVendor")).ShouldBe((ExitCode.Ok, "CustomOauth2"));
        (await RunAsync("credential", "delete", "idp")).Words.ShouldBe("Deleted.\n");
        (code, _, words) = await RunAsync("credential", "get", "idp");
        (code, words).ShouldBe((ExitCode.Refused, "There is no credential provider 'idp': 'centralops credential list' shows what there is.\n"));
    }

    [Fact]
    public async Task An_API_key_is_kept_changed_and_deleted_and_two_of_one_name_are_told_apart()
    {
        var secret = "file:" + _managed.Write("secret", Secret);
        (await RunAsync("credential", "add-api-key", "same", "--api-key-from", secret)).Code.ShouldBe(ExitCode.Ok);
        (await RunAsync("credential", "add-oauth", "same", "--discovery-url", Discovery, "--client-id", "ops", "--client-secret-from", secret)).Code.ShouldBe(ExitCode.Ok);
        var (code, data, words) = await RunAsync("credential", "list");
        code.ShouldBe(ExitCode.Ok, words);
        data.Split('\n')[1..3].Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[1].Trim()).ShouldBe(["oauth", "api-key"]);
        (code, _, words) = await RunAsync("credential", "delete", "same");
        (code, words.Contains("say which with --type", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await RunAsync("credential", "update", "same", "--type", "apikey", "--api-key-from", secret);
        code.ShouldBe(ExitCode.Ok, words);
        (code, _, words) = await RunAsync("credential", "update", "same", "--type", "apikey", "--client-id", "x");
        (code, words.Contains("is an API key: change it with --api-key-from", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await RunAsync("credential", "update", "same", "--type", "apikey");
        (code, words.Contains("Nothing to change", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (await RunAsync("credential", "delete", "same", "--type", "apikey")).Code.ShouldBe(ExitCode.Ok);
        (await RunAsync("credential", "delete", "same")).Code.ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_secret_that_is_typed_as_an_argument_is_refused_without_being_repeated()
    {
        var (code, data, words) = await RunAsync("credential", "add-api-key", "key", "--api-key-from", Secret);
        (code, data).ShouldBe((ExitCode.Usage, ""));
        words.ShouldContain("--api-key-from takes stdin, file:PATH or env:NAME, never the key itself.");
        (code, _, words) = await RunAsync("credential", "add-api-key", "key", "--api-key-from", "env:CENTRALOPS_NOT_SET");
        (code, words.Contains("CENTRALOPS_NOT_SET is not set", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await RunAsync("credential", "add-api-key", "key", "--api-key-from", "file:" + _managed.Write("empty", "\n"));
        (code, words.Contains("there is nothing in it", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await RunAsync("credential", "add-api-key", "key");
        (code, words.Contains("is read from --api-key-from", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await RunAsync("credential", "add-oauth", "idp");
        (code, words.Contains("needs --discovery-url, --client-id and --client-secret-from", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
    }

    [Fact]
    public async Task A_refused_secret_stands_in_no_message()
    {
        var json = _managed.Write("wrong.json", $$"""{"name": "key", "apiKey": "{{Secret}}", "surprise": "{{Secret}}"}""");
        (await RunAsync("credential", "add-api-key", "--cli-input-json", json)).Code.ShouldBe(ExitCode.Usage);
        (await RunAsync("credential", "add-api-key", "no good name", "--api-key-from", "file:" + _managed.Write("secret", Secret))).Code.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task A_secret_comes_from_stdin_or_the_environment_of_the_real_command()
    {
        foreach (var (name, from) in new[] { ("by-stdin", "stdin"), ("by-variable", "env:CENTRALOPS_TEST_KEY") })
        {
            using var process = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath is { } host && Path.GetFileName(host) is "dotnet" ? host : "dotnet",
                ["exec", typeof(ExitCode).Assembly.Location, "credential", "add-api-key", name, "--api-key-from", from, "--endpoint", _managed.Url, "--output", "json"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["CENTRALOPS_TEST_KEY"] = Secret },
            })!;
            await process.StandardInput.WriteLineAsync(Secret);
            process.StandardInput.Close();
            var (data, words) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(ExitCode.Ok, words);
            _said.AddRange([data, words]);
            ((string)JsonNode.Parse(data)!["name"]!).ShouldBe(name);
            (await _managed.KeyAsync(name)).ShouldBe(Secret, "without the line's end");
        }
    }

    private async Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments)
    {
        var (code, data, words) = await _managed.RunAsync(arguments);
        _said.AddRange([data, words]);
        return (code, data, words);
    }
}
