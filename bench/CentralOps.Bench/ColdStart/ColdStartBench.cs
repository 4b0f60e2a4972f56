using System.Diagnostics;
using System.Text.Json;
using CentralOps.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Bench.ColdStart;

/// <summary>From exec to the first answered call over the Lambda runtime API: our function and the boto3 reference in turn, in one run.</summary>
internal static class ColdStartBench
{
    private const string ClientContext = """{"custom":{"bedrockAgentCoreMessageVersion":"1.0","bedrockAgentCoreToolName":"ec2___describe_ec2_instances"}}""";
    private const string Event = """{"account_id":"222222222222","region":"us-east-1"}""";

    public static async Task<int> RunAsync(string binary, string python, string reference, int runs)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Logging = NullLoggerFactory.Instance, Time = TimeProvider.System }, CancellationToken.None);
        await using var api = await RuntimeApi.StartAsync(ClientContext, Event);
        var ours = new List<double>();
        var theirs = new List<double>();
        // The first pair warms the sandbox and the page cache; it does not count.
        for (var run = -2; run < runs; run++)
        {
            var a = await OnceAsync(sandbox, api, binary, []);
            var b = await OnceAsync(sandbox, api, python, [reference]);
            if (run >= 0)
            {
                ours.Add(a);
                theirs.Add(b);
            }
        }

        var ratios = ours.Zip(theirs, (a, b) => a / b).ToList();
        Console.WriteLine($"{runs} pairs, {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}");
        Console.WriteLine($"{"exec to first answer, ms",-28} {"min",8} {"median",8} {"max",8}");
        Print("function", ours, "F1");
        Print("python3 with boto3", theirs, "F1");
        Print("ratio", ratios, "F3");
        return 0;
    }

    private static void Print(string name, List<double> values, string format)
    {
        values.Sort();
        Console.WriteLine($"{name,-28} {values[0].ToString(format, null),8} {values[values.Count / 2].ToString(format, null),8} {values[^1].ToString(format, null),8}");
    }

    private static async Task<double> OnceAsync(SandboxServer sandbox, RuntimeApi api, string program, IReadOnlyList<string> arguments)
    {
        var role = sandbox.SessionOf("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", "central-ops-ec2", TimeSpan.FromHours(1));
        var answer = api.Expect();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in new (string, string)[]
        {
            ("PATH", "/usr/bin:/bin"), ("HOME", "/tmp"), ("LANG", "C.UTF-8"),
            ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_LAMBDA_RUNTIME_API", api.Address), ("AWS_REGION", "us-east-1"), ("AWS_ENDPOINT_URL", sandbox.Url.GetLeftPart(UriPartial.Authority)),
            ("AWS_ACCESS_KEY_ID", role.AccessKeyId), ("AWS_SECRET_ACCESS_KEY", role.SecretAccessKey), ("AWS_SESSION_TOKEN", role.SessionToken!),
            ("AWS_LAMBDA_FUNCTION_NAME", "central-ops-ec2"), ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"), ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"), ("_HANDLER", "ec2"),
            ("CENTRALOPS_DIRECTORY_ACCOUNT", "111111111111"),
        })
        {
            start.Environment[name] = value;
        }

        // For profiles of what is measured: CHILD_DOTNET_JitStdOutFile=/tmp/jit.txt CHILD_DOTNET_JitDisasmSummary=1, say.
        const string Prefix = "CHILD_";
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
            {
                start.Environment[((string)variable.Key)[Prefix.Length..]] = (string?)variable.Value;
            }
        }

        var startedAt = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var words = process.StandardError.ReadToEndAsync();
        if (await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(30))) != answer)
        {
            process.Kill();
            throw new InvalidOperationException($"{program} did not answer within 30 s: {await words}");
        }

        var (at, body) = await answer;
        process.Kill();
        await process.WaitForExitAsync();
        using var parsed = JsonDocument.Parse(body);
        if (!parsed.RootElement.TryGetProperty("instance_count", out var count) || count.GetInt32() == 0)
        {
            throw new InvalidOperationException($"{program} answered something else: {body}");
        }

        return Stopwatch.GetElapsedTime(startedAt, at).TotalMilliseconds;
    }
}
