// Conformance to MCP, as @modelcontextprotocol/conformance sees it:
//   fixture --port N              serves a server that offers all that the suite asks for
//   server-suites [--url U]       runs the server suites against a server (the fixture without --url) and tells each scenario
//   client URL                    the gateway's client of MCP servers, as the suite starts it
//   table [--check]               writes docs/conformance.md; with --check compares it only
using System.Text.Json.Nodes;
using CentralOps.Conformance;
using CentralOps.Conformance.Client;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

string? Variable(string name) => Environment.GetEnvironmentVariable(name);

switch (args)
{
    case ["fixture", "--port", var number] when int.TryParse(number, out var port):
        return await Commands.ServeFixtureAsync(port, stopping.Token);
    case ["server-suites"]:
        return await Commands.RunServerSuitesAsync(null, stopping.Token);
    case ["server-suites", "--url", var text] when Uri.TryCreate(text, UriKind.Absolute, out var url):
        return await Commands.RunServerSuitesAsync(url, stopping.Token);
    case ["table"] or ["table", "--check"]:
        return await Commands.MakeTableAsync(compareOnly: args.Length > 1, stopping.Token);
    case ["client", var text] when Uri.TryCreate(text, UriKind.Absolute, out var server):
        var context = JsonNode.Parse(Variable("MCP_CONFORMANCE_CONTEXT") ?? "{}")!.AsObject();
        return await new ClientDriver(server, Variable("MCP_CONFORMANCE_PROTOCOL_VERSION") ?? "2026-07-28", context).RunAsync(stopping.Token);
    default:
        await Console.Error.WriteLineAsync("conformance: fixture --port N | server-suites [--url U] | client URL | table [--check]");
        return 2;
}
