using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CentralOps.Aws.Tests.Peers;

/// <summary>Somebody else's program as a client: what it printed, a line of JSON a step.</summary>
internal sealed class Peer
{
    private readonly Dictionary<string, JsonObject> _steps = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Steps => _steps.Keys;

    public static async Task<Peer> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = PeerPackages.Directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["NO_PROXY"] = "*";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
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

        process.ExitCode.ShouldBe(0, await error);
        var peer = new Peer();
        foreach (var line in (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var step = JsonNode.Parse(line)!.AsObject();
            peer._steps.Add((string)step["step"]!, step);
        }

        return peer;
    }

    /// <summary>The step succeeded, with exactly this.</summary>
    public void Got(string step, string json)
    {
        var result = _steps[step]["result"];
        result.ShouldNotBeNull($"{step}: {_steps[step].ToJsonString()}");
        JsonNode.DeepEquals(result, JsonNode.Parse(json)).ShouldBeTrue($"{step}: {result.ToJsonString()}");
    }

    /// <summary>The step failed, and so the client told it.</summary>
    public JsonNode Failed(string step) => _steps[step]["error"].ShouldNotBeNull($"{step}: {_steps[step].ToJsonString()}");
}
