using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Up;

/// <summary>What 'up' prints when it is ready: the URL, how to connect, what to do next.</summary>
internal static class Welcome
{
    public static void Show(UpState state, StateDirectory directory, Screen screen)
    {
        var data = screen.Data;
        var here = string.Equals(directory.Path, StateDirectory.At(chosen: null).Path, StringComparison.Ordinal) ? "" : $" --state {ShellWord.Of(directory.Path)}";
        data.WriteLine($"""

            CentralOps is up.
              MCP URL  {state.GatewayUrl}
              Sandbox  {state.SandboxUrl}

            """);
        data.WriteLine(string.Equals(state.Auth, "iam", StringComparison.Ordinal) ? Signed(state) : Open(state));
        data.WriteLine($"""
            Next, in another terminal:
              ./centralops accounts{here}
              ./centralops tools{here}
              ./centralops call describe_ec2_instances -a Production{here}
            Ctrl-C stops everything.
            """);
    }

    private static string Open(UpState state) => $$$"""
        Claude Code
          claude mcp add --transport http central-ops \
            {{{state.GatewayUrl}}}
        VS Code (.vscode/mcp.json)
          { "servers": { "central-ops": { "type": "http", "url":
            "{{{state.GatewayUrl}}}" } } }
        curl
          curl -s {{{state.GatewayUrl}}} \
            -H 'Content-Type: application/json' \
            -H 'Accept: application/json, text/event-stream' \
            -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

        """;

    private static string Signed(UpState state) => $$"""
        Every request needs a signature (Signature Version 4, service
        bedrock-agentcore); the key is valid in this sandbox only.
        Claude Code and VS Code do not sign: put a SigV4 MCP proxy before them,
        or start with --auth none.
        curl
          curl -s {{state.GatewayUrl}} \
            --aws-sigv4 aws:amz:{{state.Region}}:bedrock-agentcore \
            --user {{state.ControlCredentials.AccessKeyId}}:{{state.ControlCredentials.SecretAccessKey}} \
            -H 'Content-Type: application/json' \
            -H 'Accept: application/json, text/event-stream' \
            -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

        """;
}
