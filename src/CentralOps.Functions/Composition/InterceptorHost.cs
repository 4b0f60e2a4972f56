using System.Text.RegularExpressions;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Tokens;
using CentralOps.Aws.Calls;
using CentralOps.Functions.Intercepting;
using CentralOps.Functions.Runtime;

namespace CentralOps.Functions.Composition;

/// <summary>
/// The same binary as the REQUEST interceptor of an AgentCore gateway: with the handler <c>interceptor</c>, or named <c>central-ops-interceptor</c>. It needs
/// <c>CENTRALOPS_GATEWAY_ARN</c> and <c>CENTRALOPS_CALLER_SIGNING_KEY</c>, and for a gateway of CUSTOM_JWT <c>CENTRALOPS_DISCOVERY_URL</c>.
/// </summary>
internal static partial class InterceptorHost
{
    private const string Handler = "interceptor";

    public static bool IsWanted(Func<string, string?> variable) =>
        string.Equals(variable("_HANDLER"), Handler, StringComparison.Ordinal)
        || string.Equals(variable("AWS_LAMBDA_FUNCTION_NAME"), "central-ops-" + Handler, StringComparison.Ordinal);

    public static async Task<int> RunAsync(Func<string, string?> variable, RuntimeApi api, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var gateway = variable("CENTRALOPS_GATEWAY_ARN") ?? "";
        if (!GatewayArn().IsMatch(gateway))
        {
            problems.Add("CENTRALOPS_GATEWAY_ARN has to be the ARN of the gateway, such as arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/name-abcdefghij.");
        }

        var settings = ReadProvider(variable, problems);
        using var signer = DocumentSetting.Read(variable, "CENTRALOPS_CALLER_SIGNING_KEY", problems) is { } key ? CallerSigner.FromJwk(key, time) : null;
        if (signer is null)
        {
            problems.Add("CENTRALOPS_CALLER_SIGNING_KEY has to be a private P-256 JSON Web Key with a kid, or the path of a file with one.");
        }

        var transport = ReadTransport(variable, problems);
        if (problems.Count > 0)
        {
            var error = new RuntimeError("InitFailed", string.Join(' ', problems));
            await Console.Error.WriteLineAsync(error.Message);
            await api.ReportInitErrorAsync(error, cancellationToken);
            return 1;
        }

        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler(transport!));
        var provider = settings is null ? null : new OpenIdProvider(settings, http, time, problem => Console.Error.WriteLine($"The OpenID provider could not be read: {problem}."));
        var dispatch = new CallerInterceptor(gateway, signer!, provider, time, Console.Error);
        return await new RuntimeLoop(api, dispatch).RunAsync(api.NextAsync(cancellationToken), cancellationToken);
    }

    private static OpenIdSettings? ReadProvider(Func<string, string?> variable, List<string> problems)
    {
        if (variable("CENTRALOPS_DISCOVERY_URL") is not { Length: > 0 } url)
        {
            return null;
        }

        var loopback = variable("CENTRALOPS_ALLOW_HTTP_LOOPBACK") is "true";
        if (OpenIdSettings.ProblemOf(url, loopback) is { } wrong)
        {
            problems.Add($"CENTRALOPS_DISCOVERY_URL {wrong}.");
            return null;
        }

        return new OpenIdSettings { DiscoveryUrl = new Uri(url), AllowHttpLoopback = loopback };
    }

    private static HttpSettings? ReadTransport(Func<string, string?> variable, List<string> problems)
    {
        try
        {
            return HttpSettings.Read(variable);
        }
        catch (FormatException wrong)
        {
            problems.Add(wrong.Message);
            return null;
        }
    }

    [GeneratedRegex(
        @"\Aarn:aws(-cn|-us-gov)?:bedrock-agentcore:[a-z0-9-]{1,32}:\d{12}:gateway/[0-9a-z-]{1,111}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GatewayArn();
}
