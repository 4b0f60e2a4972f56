namespace CentralOps.Text.Tests;

/// <summary>Other people's cases in shared/, read there and never copied.</summary>
internal static class Shared
{
    /// <returns>The folder's path; null where shared/ is not there.</returns>
    public static string? Conformance(string name)
    {
        var shared = Environment.GetEnvironmentVariable("CENTRALOPS_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); shared is null && at is not null; at = at.Parent)
        {
            shared = File.Exists(Path.Combine(at.FullName, "CentralOps.slnx")) ? Path.Combine(at.Parent!.FullName, "shared") : null;
        }

        var folder = Path.Combine(shared ?? "", "conformance", name);
        return Directory.Exists(folder) ? folder : null;
    }
}

/// <summary>Runs for every file of a folder of shared/conformance; skipped, with the reason, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string name) =>
        Skip = Shared.Conformance(name) is null ? $"shared/conformance/{name} is not there: put shared/ beside the repository, or name it in CENTRALOPS_SHARED." : null;
}
