using System.CommandLine;

namespace CentralOps.Cli.Terminal;

internal enum OutputFormat
{
    Table,
    Json,
}

/// <summary>Options that several commands take.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output() =>
        Choice.Option("--output", OutputFormat.Table, "How data is written to stdout.", "-o");

    public static Option<string?> State() =>
        new("--state")
        {
            Description = "Directory in which a running 'up' keeps its state (default: one per user).",
            HelpName = "DIR",
            Validators =
            {
                result =>
                {
                    if (result.Tokens is [{ Value.Length: 0 }])
                    {
                        result.AddError("--state: the directory's name is empty; give one such as /tmp/second, or leave --state out.");
                    }
                },
            },
        };

    public static Option<Uri?> Gateway() =>
        new("--gateway")
        {
            Description = "MCP endpoint to ask instead of the running 'up' (it must answer without a signature).",
            HelpName = "URL",
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                {
                    return url;
                }

                result.AddError($"--gateway: '{text}' is not an http or https URL; give one such as http://127.0.0.1:8765/central-ops-0123456789/mcp.");
                return null;
            },
        };
}
