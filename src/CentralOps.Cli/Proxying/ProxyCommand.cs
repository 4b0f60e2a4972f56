using System.CommandLine;
using CentralOps.Accounts;
using CentralOps.Cli.Terminal;
using CentralOps.Proxy.Http;
using CentralOps.Proxy.Upstreams;
using PlainText = CentralOps.Cli.Terminal.PlainText;

namespace CentralOps.Cli.Proxying;

/// <summary><c>centralops proxy</c>: an MCP server on stdio (or loopback HTTP) before an MCP server that wants Signature Version 4.</summary>
internal static class ProxyCommand
{
    public const string TokenVariable = "CENTRALOPS_PROXY_TOKEN";

    public static Command Create(Screen screen)
    {
        var url = new Argument<string>("url")
        {
            Description = "The MCP server: an https URL, or the ARN of an AgentCore gateway or runtime (default: the AWS MCP Server).",
            HelpName = "URL",
            DefaultValueFactory = static _ => UpstreamAddress.AwsMcpServer,
        };
        var service = new Option<string?>("--service") { Description = "Service to sign for (default: as the host says).", HelpName = "NAME" };
        var region = new Option<string?>("--region") { Description = "Region to sign for (default: as the host says, else the profile's).", HelpName = "REGION" };
        var profile = new Option<string?>("--profile") { Description = "AWS profile to start from (default: the usual AWS chain).", HelpName = "NAME" };
        var account = new Option<string?>("--account") { Description = "Account of calls that name none: a 12-digit id (default: the credentials' own).", HelpName = "ID" };
        var metadata = new Option<string[]>("--metadata") { Description = "KEY=VALUE for the _meta of every request; repeat it for more.", HelpName = "KEY=VALUE", DefaultValueFactory = static _ => [] };
        var readOnly = new Option<bool>("--read-only") { Description = "Leave out tools that do not say that they only read (readOnlyHint)." };
        var unconfined = new Option<bool>("--unconfined") { Description = "Do not confine credentials to reading: what a role may do, writes and secrets included, a tool may do." };
        var retries = new Option<int>("--retries") { Description = "How often a call is made again whose connection failed, 0 to 10.", HelpName = "N", DefaultValueFactory = static _ => 2 };
        var timeout = Duration.Option("--timeout", "How long a call may take, waiting for quotas included, 1s to 15m (default: 2m).");
        var http = new Option<int?>("--http") { Description = $"Serve Streamable HTTP on this port of 127.0.0.1 instead of stdio; 0 takes any. Clients need the token ({TokenVariable}, else a new one).", HelpName = "PORT" };
        var verbose = new Option<bool>("--verbose") { Description = "Log what the proxy does, on stderr." };
        var command = new Command("proxy", "Serve MCP on stdio before an MCP server that wants AWS signatures, in any account, confined to reading.");
        command.Arguments.Add(url);
        foreach (var option in new Option[] { service, region, profile, account, metadata, readOnly, unconfined, retries, timeout, http, verbose })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new ProxySettings(parsed.GetValue(url)!)
            {
                Service = parsed.GetValue(service),
                Region = parsed.GetValue(region),
                Profile = parsed.GetValue(profile),
                Account = AccountOf(parsed.GetValue(account)),
                Metadata = MetadataOf(parsed.GetValue(metadata) ?? []),
                ReadOnly = parsed.GetValue(readOnly),
                Unconfined = parsed.GetValue(unconfined),
                Retries = Within("--retries", parsed.GetValue(retries), 0, 10),
                Timeout = TimeoutOf(parsed.GetValue(timeout)),
                HttpPort = parsed.GetValue(http) is { } port ? Within("--http", port, 0, 65_535) : null,
                Token = TokenOf(ProcessEnvironment.Read(TokenVariable)),
                Verbose = parsed.GetValue(verbose),
            };
            return ProxyRun.RunAsync(settings, ProcessEnvironment.Read, screen, cancellationToken);
        });
        return command;
    }

    private static AccountId? AccountOf(string? text) => text is null ? null
        : AccountId.TryParse(text, out var account) ? account
        : throw new CommandFailedException($"--account: '{PlainText.Line(text)}' is not a 12-digit account id.", ExitCode.Usage);

    private static Dictionary<string, string> MetadataOf(string[] pairs)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || pair.StartsWith("io.modelcontextprotocol/", StringComparison.Ordinal))
            {
                throw new CommandFailedException($"--metadata: '{PlainText.Line(pair)}' is not KEY=VALUE, as in AWS_REGION=eu-central-1 (keys of the protocol's own cannot be set).", ExitCode.Usage);
            }

            metadata[pair[..equals]] = pair[(equals + 1)..];
        }

        return metadata;
    }

    private static int Within(string option, int value, int least, int most) => value >= least && value <= most
        ? value
        : throw new CommandFailedException($"{option}: {value} is not {least} to {most}.", ExitCode.Usage);

    private static TimeSpan TimeoutOf(TimeSpan? timeout) => timeout is not { } given ? TimeSpan.FromMinutes(2)
        : given >= TimeSpan.FromSeconds(1) && given <= TimeSpan.FromMinutes(15) ? given
        : throw new CommandFailedException("--timeout: give 1s to 15m.", ExitCode.Usage);

    private static BearerToken? TokenOf(string? text) => string.IsNullOrEmpty(text) ? null
        : BearerToken.TryParse(text, out var token) ? token
        : throw new CommandFailedException($"{TokenVariable} must have 32 to 512 characters without blanks; unset it for a new one.", ExitCode.Usage);
}

/// <summary>What the command line says.</summary>
internal sealed record ProxySettings(string Url)
{
    public string? Service { get; init; }

    public string? Region { get; init; }

    public string? Profile { get; init; }

    public AccountId? Account { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool ReadOnly { get; init; }

    public bool Unconfined { get; init; }

    public int Retries { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>Null: stdio.</summary>
    public int? HttpPort { get; init; }

    public BearerToken? Token { get; init; }

    public bool Verbose { get; init; }
}
