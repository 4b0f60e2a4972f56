using CentralOps.Sandbox.AwsMcp.Library;
using CentralOps.Sandbox.AwsMcp.Scripts;
using CentralOps.Sandbox.AwsMcp.Tools;
using CentralOps.Sandbox.Identity;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>The stand-in for the AWS MCP Server behind its door: tools, sessions and what runs scripts.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly ScriptRunner _scripts;

    public StandIn(AwsMcpOptions options, AccessKeyStore keys, IReadOnlyCollection<string> services, Func<Uri> sandbox, TimeProvider clock, ILoggerFactory logging, CancellationToken stopping)
    {
        AwsMcpRules.Check(options);
        _scripts = new ScriptRunner(options, new PythonInterpreter(options.Python, clock, stopping), sandbox, clock, logging.CreateLogger<ScriptRunner>());
        Sessions = new McpSessions(options, clock);
        var pages = TextLibrary.Read("AwsMcp/pages.txt");
        var tools = new McpTools(
            new SearchDocumentation(pages),
            new ReadDocumentation(pages),
            new RetrieveSkill(TextLibrary.Read("AwsMcp/skills.txt")),
            new ListAwsRegions(),
            new GetRegionalAvailability(services),
            new RunScript(_scripts, keys, options),
            new GetPresignedUrl(sandbox));
        Endpoint = new McpEndpoint(options, tools, Sessions);
    }

    public McpEndpoint Endpoint { get; }

    public McpSessions Sessions { get; }

    public ValueTask DisposeAsync() => _scripts.DisposeAsync();
}
