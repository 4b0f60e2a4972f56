using CentralOps.Access.CallerContext;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Functions.Composition;
using CentralOps.Functions.Dispatch;
using CentralOps.Functions.Runtime;
using CentralOps.Proxy.Wrapping;

namespace CentralOps.Functions.Wrapping;

/// <summary>
/// The same binary as the wrapper of an MCP server (solution 3): with the handler <c>mcp_wrapper</c>, or named <c>central-ops-mcp-wrapper</c>. In front of it stands a
/// Lambda target, or an MCP server target over its function URL.
/// </summary>
internal static class WrapperHost
{
    private const string Handler = "mcp_wrapper";
    private const string FunctionName = "central-ops-mcp-wrapper";

    public static bool IsWanted(Func<string, string?> variable) =>
        string.Equals(variable("_HANDLER"), Handler, StringComparison.Ordinal)
        || string.Equals(variable("AWS_LAMBDA_FUNCTION_NAME"), FunctionName, StringComparison.Ordinal);

    public static async Task<int> RunAsync(Func<string, string?> variable, RuntimeApi api, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var settings = FunctionSettings.Read(variable, problems);
        var upstream = WrapperSettings.Read(variable, settings.Entry.DirectoryAccount, problems);
        var endpoints = FunctionHost.ReadEndpoints(variable, problems);
        var (transport, attempts) = FunctionHost.ReadCalls(variable, problems);
        if (!EnvironmentCredentials.TryRead(variable, out var credentials, out var problem))
        {
            problems.Add(problem);
        }

        if (problems.Count > 0)
        {
            var error = new RuntimeError("InitFailed", string.Join(' ', problems));
            await Console.Error.WriteLineAsync(error.Message);
            await api.ReportInitErrorAsync(error, cancellationToken);
            return 1;
        }

        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler(transport!));
        var first = api.NextAsync(cancellationToken);
        await using var wrapper = WrapperServices.Build(settings, upstream!, endpoints!, credentials!, http, transport!, attempts!, time);
        var callers = new CallerReading(settings.CallerKeys is { } keys ? new CallerVerifier(keys, time) : null, Console.Error);
        var urls = new UrlCallers(upstream!.TrustsUrlCallers, settings.CallerKeys is not null);
        return await new RuntimeLoop(api, new WrapperDispatch(wrapper, new WrapperServer(wrapper), callers, urls, time)).RunAsync(first, cancellationToken);
    }
}
