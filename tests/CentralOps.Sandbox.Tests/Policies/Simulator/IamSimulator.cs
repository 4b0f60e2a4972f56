using System.Diagnostics;
using System.Text.Json;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>npm's <c>@cloud-copilot/iam-simulate</c>, one node process for all cases.</summary>
internal static class IamSimulator
{
    public static string? Directory { get; } = FindDirectory();

    public static async Task<IReadOnlyList<string>> DecideAsync(IReadOnlyList<PolicyCase> cases)
    {
        var start = new ProcessStartInfo("node", ["simulate.mjs"])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var error = node.StandardError.ReadToEndAsync();
        foreach (var drawn in cases)
        {
            await node.StandardInput.WriteLineAsync(drawn.Simulation().ToJsonString());
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, await error);
        var answers = (await output).TrimEnd('\n').Split('\n');
        answers.Length.ShouldBe(cases.Count);
        return [.. answers.Select((answer, index) => Decision(answer, cases[index]))];
    }

    private static string Decision(string answer, PolicyCase drawn)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(answer);
        json.TryGetProperty("error", out var error).ShouldBeFalse($"{error}\n{drawn.Simulation()}");
        json.GetProperty("ignored").GetArrayLength().ShouldBe(0, answer);
        return json.GetProperty("decision").GetString()!;
    }

    private static string? FindDirectory()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var peers = Path.Combine(directory.FullName, "tests", "peers");
            if (File.Exists(Path.Combine(peers, "node_modules", "@cloud-copilot", "iam-simulate", "package.json")))
            {
                return peers;
            }
        }

        return null;
    }
}

/// <summary>A fact that needs the simulator.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SimulatorFactAttribute : FactAttribute
{
    public SimulatorFactAttribute() => Skip = IamSimulator.Directory is null ? "npm's @cloud-copilot/iam-simulate is not installed (npm ci in tests/peers)." : null;
}
