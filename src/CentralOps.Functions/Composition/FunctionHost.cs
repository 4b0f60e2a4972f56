using CentralOps.Access.CallerContext;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Functions.Dispatch;
using CentralOps.Functions.Runtime;
using CentralOps.Functions.Wrapping;
using CentralOps.Ledger;
using CentralOps.Ledger.Writing;
using CentralOps.Tools;

namespace CentralOps.Functions.Composition;

/// <summary>From exec to the first poll: read the settings, ask for work, and make ready while waiting for it.</summary>
internal static class FunctionHost
{
    public static async Task<int> RunAsync(Func<string, string?> variable, TimeProvider time, CancellationToken cancellationToken)
    {
        if (variable("AWS_LAMBDA_RUNTIME_API") is not { Length: > 0 } address)
        {
            await Console.Error.WriteLineAsync(
                "This is a CentralOps function for AWS Lambda. AWS_LAMBDA_RUNTIME_API is not set: start it through Lambda, or through 'centralops up'.");
            return 2;
        }

        // Lambda's runtime API is on this machine; only AWS may lie behind a proxy.
        using var local = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var api = new RuntimeApi(local, address);

        // Settings first: after the first poll Lambda takes no init error any more.
        var problems = new List<string>();
        if (InterceptorHost.IsWanted(variable))
        {
            return await InterceptorHost.RunAsync(variable, api, time, cancellationToken);
        }

        if (WrapperHost.IsWanted(variable))
        {
            return await WrapperHost.RunAsync(variable, api, time, cancellationToken);
        }

        var settings = FunctionSettings.Read(variable, problems);
        var tools = ToolScope.Of(variable("_HANDLER"), variable("AWS_LAMBDA_FUNCTION_NAME"), ToolCatalog.Tools, problems);
        var endpoints = ReadEndpoints(variable, problems);
        var (transport, attempts) = ReadCalls(variable, problems);
        if (!EnvironmentCredentials.TryRead(variable, out var credentials, out var problem))
        {
            problems.Add(problem);
        }

        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler(transport ?? HttpSettings.None));
        await using var ledger = problems.Count == 0 ? OpenLedger(settings, http, time, problems) : null;
        if (problems.Count > 0)
        {
            var error = new RuntimeError("InitFailed", string.Join(' ', problems));
            await Console.Error.WriteLineAsync(error.Message);
            await api.ReportInitErrorAsync(error, cancellationToken);
            return 1;
        }

        var first = api.NextAsync(cancellationToken);
        var services = FunctionServices.Build(settings, endpoints!, credentials!, http, attempts!, ledger as ILedger ?? NoLedger.Instance, time);
        Readiness.Prepare(tools);
        return await new RuntimeLoop(api, new ToolDispatch(tools, services, new CallerReading(settings.CallerKeys is { } keys ? new CallerVerifier(keys, time) : null, Console.Error), time)).RunAsync(first, cancellationToken);
    }

    // A line of a log, when something goes wrong with what is to be recorded.
    private static LedgerWriter? OpenLedger(FunctionSettings settings, HttpMessageInvoker http, TimeProvider time, List<string> problems)
    {
        try
        {
            return settings.Ledger.Open(http, Console.OpenStandardOutput, time, Console.Error.WriteLine);
        }
        catch (LedgerUnavailableException unavailable)
        {
            problems.Add($"The ledger cannot be opened: {unavailable.Message}.");
            return null;
        }
    }

    internal static (HttpSettings? Transport, AwsClientOptions? Attempts) ReadCalls(Func<string, string?> variable, List<string> problems)
    {
        try
        {
            return (HttpSettings.Read(variable), AwsClientOptions.Read(variable));
        }
        catch (FormatException wrong)
        {
            problems.Add(wrong.Message);
            return default;
        }
    }

    internal static EndpointResolver? ReadEndpoints(Func<string, string?> variable, List<string> problems)
    {
        try
        {
            return EndpointResolver.Read(variable);
        }
        catch (EndpointException wrong)
        {
            problems.Add(wrong.Message);
            return null;
        }
    }
}
