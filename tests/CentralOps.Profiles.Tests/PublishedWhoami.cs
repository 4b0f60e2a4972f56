using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CentralOps.Profiles.Tests;

/// <summary>The small program beside these tests, published trimmed once: what the trimmer loses is only missed there.</summary>
public sealed class PublishedWhoami : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("central-ops-whoami-").FullName;

    public string Program => Path.Combine(_folder, "publish", "Whoami");

    public async Task InitializeAsync()
    {
        var project = Path.Combine(Source(), "Whoami", "Whoami.csproj");
        // Its own artifacts: other tests may be building the same projects now.
        var start = new ProcessStartInfo("dotnet", [
            "publish", project, "-c", "Release", "-v", "quiet", "-nologo", "--disable-build-servers",
            "--artifacts-path", Path.Combine(_folder, "artifacts"), "-p:RunAnalyzers=false", "-o", Path.Combine(_folder, "publish")])
        {
            RedirectStandardOutput = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        (publish.ExitCode, output).ShouldBe((0, output), "the program could not be published");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static string Source([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
