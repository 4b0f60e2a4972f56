using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;
using CentralOps.EndToEnd.Tests.RealAccounts;

namespace CentralOps.EndToEnd.Tests.Proxying;

/// <summary>Every command and every configuration of docs/proxy.md, as it stands there.</summary>
[Collection("signed")]
public sealed class ProxyPageTests(SignedUp signed) : IDisposable
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "proxy.md"));

    private readonly Person _person = new(signed.Up.SandboxUrl, (signed.Up.KeyId, signed.Up.Secret));

    private Dictionary<string, string> Environment => new(_person.Environment, StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = signed.Up.KeyId,
        ["AWS_SECRET_ACCESS_KEY"] = signed.Up.Secret,
        ["GATEWAY_URL"] = signed.Up.GatewayUrl,
    };

    public void Dispose() => _person.Dispose();

    [Fact]
    public async Task The_configuration_starts_a_server_that_gets_on_its_feet_without_a_sign_in()
    {
        var server = JsonDocument.Parse(Blocks("json").Single()).RootElement.GetProperty("mcpServers").GetProperty("aws");
        server.GetProperty("command").GetString().ShouldEndWith("/centralops");
        using var process = Ran.Start(Repository.Command, server.GetProperty("args").EnumerateArray().Select(static argument => argument.GetString()!), environment: Environment);
        await process.StandardInput.WriteLineAsync(Initialize);
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(5));
        JsonDocument.Parse(answer).RootElement.GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        process.ExitCode.ShouldBe(0);
    }

    [NeedsFact("node_modules/.bin/node", "node_modules/.bin/mcp-inspector")]
    public async Task Every_command_runs()
    {
        var commands = Blocks("sh").SelectMany(static block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        commands.Count.ShouldBe(4);
        foreach (var command in commands)
        {
            switch (command)
            {
                case "./centralops up --auth iam":
                    // It runs already: these tests stand on it.
                    break;
                case var serves when serves.EndsWith(" --http 8765", StringComparison.Ordinal):
                    await ServesAsync(serves.Replace("8765", "0", StringComparison.Ordinal));
                    break;
                default:
                    var node = $"{Repository.Clients}/node_modules/.bin/";
                    var ran = await Ran.ProgramAsync("bash", ["-c", command.Replace("npx @modelcontextprotocol/inspector --cli", $"{node}node {node}mcp-inspector --cli {Variables()}", StringComparison.Ordinal)], environment: Environment);
                    ran.ExitCode.ShouldBe(0, command + ran.Error);
                    ran.Out.ShouldContain("ec2___describe_ec2_instances", customMessage: command);
                    break;
            }
        }
    }

    // The inspector hands few variables on to what it starts.
    private string Variables() => string.Join(' ', Environment.Select(static pair => $"-e {pair.Key}={pair.Value}"));

    private async Task ServesAsync(string command)
    {
        using var process = Ran.Start("bash", ["-c", "exec " + command], environment: Environment);
        try
        {
            string? line;
            do
            {
                line = await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
            }
            while (line is not null && !line.StartsWith("MCP at http://127.0.0.1:", StringComparison.Ordinal));
            line.ShouldNotBeNull(command);
            (await process.StandardError.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith("Authorization: Bearer ");
            Signals.Send(process.Id, Signals.Interrupt);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static List<string> Blocks(string language) =>
        [.. Page.Split("```" + language + "\n").Skip(1).Select(static rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)])];
}
