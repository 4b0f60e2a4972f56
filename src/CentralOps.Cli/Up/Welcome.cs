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

            CentralOps is up{(state.SandboxUrl is null ? ", over real accounts" : "")}.
              MCP URL  {state.GatewayUrl}
            {(state.SandboxUrl is { } sandbox ? $"  Sandbox  {sandbox}" : "  Every request needs the token below; keep it to yourself.")}
              Control  {state.ControlUrl}

            """);
        data.WriteLine(state switch
        {
            { Auth: "iam", ControlCredentials: { } key } => Signed(state, key),
            { GatewayToken: { } token } => WithToken(state, token),
            _ => Open(state),
        });
        data.WriteLine($"""
            Next, in another terminal:
              ./centralops accounts{here}
              ./centralops tools{here}
              ./centralops target list{here}
              ./centralops call {(state.SandboxUrl is null ? "list_accounts" : "describe_ec2_instances -a Production")}{here}
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

    private static string Signed(UpState state, ControlCredentials key) => $$"""
        Every request needs a signature (Signature Version 4, service
        bedrock-agentcore); the key is valid in this sandbox only.
        Claude Code and VS Code do not sign: put a SigV4 MCP proxy before them,
        or start with --auth none.
        curl
          curl -s {{state.GatewayUrl}} \
            --aws-sigv4 aws:amz:{{state.Region}}:bedrock-agentcore \
            --user {{key.AccessKeyId}}:{{key.SecretAccessKey}} \
            -H 'Content-Type: application/json' \
            -H 'Accept: application/json, text/event-stream' \
            -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

        """;

    private static string WithToken(UpState state, string token) => $$$"""
        Claude Code
          claude mcp add --transport http central-ops \
            {{{state.GatewayUrl}}} \
            --header 'Authorization: Bearer {{{token}}}'
        VS Code (.vscode/mcp.json)
          { "servers": { "central-ops": { "type": "http", "url":
            "{{{state.GatewayUrl}}}", "headers":
            { "Authorization":
              "Bearer {{{token}}}" } } } }
        curl
          curl -s {{{state.GatewayUrl}}} \
            -H 'Authorization: Bearer {{{token}}}' \
            -H 'Content-Type: application/json' \
            -H 'Accept: application/json, text/event-stream' \
            -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

        """;
}
