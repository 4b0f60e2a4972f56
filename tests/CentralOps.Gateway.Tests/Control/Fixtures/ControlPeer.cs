using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Tests.Control.Fixtures;

/// <summary>Somebody else's client of the control plane, run once: what it printed, a line of JSON a step.</summary>
internal sealed class ControlPeer
{
    private readonly Dictionary<string, JsonObject> _steps = new(StringComparer.Ordinal);

    public static string Directory { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "peers"));

    public static string? Missing { get; } = System.IO.Directory.Exists(Path.Combine(Directory, "node_modules", "@aws-sdk", "client-bedrock-agentcore-control"))
        ? null
        : $"The npm packages of {Directory} are not installed ('npm ci' there).";

    /// <summary>All that it printed.</summary>
    public string Output { get; private init; } = "";

    public static async Task<ControlPeer> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["NO_PROXY"] = "*";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        process.ExitCode.ShouldBe(0, await error + await output);
        var peer = new ControlPeer { Output = await output };
        foreach (var line in peer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var step = JsonNode.Parse(line)!.AsObject();
            peer._steps.Add((string)step["step"]!, step);
        }

        return peer;
    }

    /// <summary>The step succeeded with this status; its answer.</summary>
    public JsonNode Got(string step, int? status = null)
    {
        var result = _steps[step]["result"].ShouldNotBeNull($"{step}: {_steps[step].ToJsonString()}");
        if (status is not null)
        {
            ((int?)_steps[step]["status"]).ShouldBe(status, step);
        }

        return result;
    }

    /// <summary>The step failed, and the client took it for an error of this class.</summary>
    public JsonNode Failed(string step, string type, int status)
    {
        var error = _steps[step]["error"].ShouldNotBeNull($"{step}: {_steps[step].ToJsonString()}");
        error["is"]!.AsArray().Select(name => (string)name!).ShouldContain(type, $"{step}: {error.ToJsonString()}");
        ((string)error["name"]!, (int)error["status"]!).ShouldBe((type, status));
        ((string?)error["requestId"]).ShouldNotBeNullOrEmpty();
        return error;
    }

    /// <summary>The step failed with an error that the SDK has no class for.</summary>
    public JsonNode FailedOtherwise(string step) => _steps[step]["error"].ShouldNotBeNull($"{step}: {_steps[step].ToJsonString()}");

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
