using System.Text.Json;
using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Tests.Lambda;

namespace CentralOps.Sandbox.Tests.Fixtures;

/// <summary>A running sandbox and Debian's AWS CLI as its client.</summary>
internal sealed class Organization : IAsyncDisposable
{
    public const string TargetInProduction = "arn:aws:iam::222222222222:role/CentralOpsTargetRole";

    private Organization(SandboxServer server) => Server = server;

    public SandboxServer Server { get; }

    public static async Task<Organization> StartAsync(TimeProvider? time = null)
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { Time = time ?? TimeProvider.System }, CancellationToken.None);
        server.Deploy(FunctionProcesses.Definition("central-ops-fixture"));
        return new Organization(server);
    }

    /// <summary>Runs the CLI; the answer's JSON, or the error's words.</summary>
    public (JsonElement Answer, string Error) Aws(AwsCredentials credentials, params IEnumerable<string> arguments)
    {
        var (exitCode, output, error) = Tools.Run(
            Tools.AwsCli, [.. arguments, "--endpoint-url", Server.Url.ToString(), "--region", "us-east-1", "--output", "json"], Environment(credentials));
        var answer = output.Trim().Length > 0 ? JsonSerializer.Deserialize<JsonElement>(output) : default;
        (exitCode == 0).ShouldBe(error.Length == 0, error);
        return (answer, error.Trim());
    }

    /// <summary>Assumes a role with the CLI.</summary>
    public AwsCredentials Assume(AwsCredentials caller, string roleArn, params IEnumerable<string> more)
    {
        var (answer, error) = Aws(caller, ["sts", "assume-role", "--role-arn", roleArn, "--role-session-name", "tester", .. more]);
        error.ShouldBeEmpty();
        var credentials = answer.GetProperty("Credentials");
        return new AwsCredentials(
            credentials.GetProperty("AccessKeyId").GetString()!,
            credentials.GetProperty("SecretAccessKey").GetString()!,
            credentials.GetProperty("SessionToken").GetString());
    }

    public static Dictionary<string, string> Environment(AwsCredentials credentials)
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = "us-east-1",
        };
        if (credentials.SessionToken is { } token)
        {
            environment["AWS_SESSION_TOKEN"] = token;
        }

        return environment;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
