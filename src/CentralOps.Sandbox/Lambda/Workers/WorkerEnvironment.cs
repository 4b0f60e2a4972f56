using System.Globalization;
using CentralOps.Aws.Credentials;

namespace CentralOps.Sandbox.Lambda.Workers;

/// <summary>
/// The environment of a worker, as Lambda sets it.
/// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
/// </summary>
internal static class WorkerEnvironment
{
    private const string Nothing = "/dev/null";

    public static void Fill(
        IDictionary<string, string?> environment, FunctionDefinition function, AwsCredentials credentials, Uri runtimeApi, Uri sandbox)
    {
        // Of our own environment a worker gets only what .NET needs to find itself; a start-up hook or a diagnostic port is not that.
        var dotnet = environment.Where(entry => entry.Key.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)).ToArray();
        environment.Clear();
        foreach (var (name, value) in dotnet)
        {
            environment[name] = value;
        }

        environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        environment["HOME"] = environment["TMPDIR"] = Path.GetTempPath().TrimEnd('/');
        environment["LANG"] = "en_US.UTF-8";
        environment["TZ"] = ":UTC";
        environment["_HANDLER"] = function.Handler;
        environment["LAMBDA_TASK_ROOT"] = Path.GetDirectoryName(function.Command);
        environment["AWS_REGION"] = environment["AWS_DEFAULT_REGION"] = function.Region;
        environment["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMb.ToString(CultureInfo.InvariantCulture);
        environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        environment["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + function.Name;
        environment["AWS_ENDPOINT_URL"] = sandbox.GetLeftPart(UriPartial.Authority);
        foreach (var (name, value) in function.Environment)
        {
            environment[name] = value;
        }

        environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi.Authority;
        environment["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey;
        environment["AWS_SESSION_TOKEN"] = credentials.SessionToken;
        // The machine's own AWS settings and metadata service are out of reach, whatever the function is told.
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        environment["AWS_CONFIG_FILE"] = environment["AWS_SHARED_CREDENTIALS_FILE"] = Nothing;
    }
}
