using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Clients;

/// <summary>All cases through one client, in one process of it.</summary>
internal static class ClientRun
{
    public static async Task<Dictionary<string, JsonElement>> AskAsync(SandboxServer sandbox, string program, params IEnumerable<string> arguments)
    {
        var question = new JsonObject
        {
            ["url"] = sandbox.Url.ToString().TrimEnd('/'),
            ["sessions"] = new JsonObject(Cases.All.Select(one => one.Account).Distinct().Select(account => KeyValuePair.Create<string, JsonNode?>(account, Session(sandbox, account)))),
            ["cases"] = new JsonArray([.. Cases.All.Select(one => one.ToJson())]),
        };
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_PAGER"] = start.Environment["AWS_CLI_AUTO_PROMPT"] = "";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(question.ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        // What a client says before its answer is not part of it.
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>((await output).TrimEnd().Split('\n')[^1])!;
    }

    private static JsonObject Session(SandboxServer sandbox, string account)
    {
        AwsCredentials keys = sandbox.SessionOf($"arn:aws:iam::{account}:role/CentralOpsTargetRole", "clients", TimeSpan.FromHours(1));
        return new JsonObject { ["AccessKeyId"] = keys.AccessKeyId, ["SecretAccessKey"] = keys.SecretAccessKey, ["SessionToken"] = keys.SessionToken };
    }
}
