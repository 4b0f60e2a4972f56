using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Signing;

/// <summary>Someone else's signer: what AWS's own SDK signs, this verifies.</summary>
public sealed class BotocoreSigningTests
{
    [BotocoreFact]
    public async Task What_botocore_signs_is_accepted_and_nothing_of_it_with_another_secret()
    {
        var count = 0;
        foreach (var line in (await BotocoreFactAttribute.RunAsync(Script())).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var token = json.RootElement.GetProperty("token").GetString();
            var key = new AccessKey("AKIDEXAMPLE", "secret/key", "arn:aws:iam::111111111111:user/u") { SessionToken = token };
            var now = TimeProvider.System.GetUtcNow();
            var rules = new SignatureRules { Region = "eu-west-1" };

            var verdict = SignatureV4.Verify(Request(json.RootElement), new OneKey(key), now, rules);

            verdict.Accepted.ShouldBeTrue($"{verdict.Message} {line}");
            SignatureV4.Verify(Request(json.RootElement), new OneKey(key with { Secret = "another" }), now, rules).Problem.ShouldBe(SignatureProblem.Mismatch);
            count++;
        }

        count.ShouldBe(400);
    }

    private static WireRequest Request(JsonElement json)
    {
        var request = new WireRequest
        {
            Method = json.GetProperty("method").GetString()!,
            Path = json.GetProperty("path").GetString()!,
            Query = json.GetProperty("query").GetString()!,
            Body = json.GetProperty("body").GetBytesFromBase64(),
        };
        foreach (var header in json.GetProperty("headers").EnumerateArray())
        {
            request.Headers.Add(header[0].GetString()!, header[1].GetString()!);
        }

        return request;
    }

    private static string Script([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "sign_with_botocore.py");
}

/// <summary>Skipped, with the reason, where no Python has botocore.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BotocoreFactAttribute : FactAttribute
{
    private static readonly string? Python = Array.Find(["/usr/bin/python3", "python3"], HasBotocore);

    public BotocoreFactAttribute() => Skip = Python is null ? "No python3 here has botocore (on Debian: apt install python3-boto3)." : null;

    public static async Task<string> RunAsync(string script)
    {
        using var process = Start(Python!, script);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    private static bool HasBotocore(string python)
    {
        try
        {
            using var process = Start(python, "-c", "import botocore.auth");
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        return Process.Start(start)!;
    }
}
