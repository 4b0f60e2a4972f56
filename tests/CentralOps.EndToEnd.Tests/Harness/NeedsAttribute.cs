namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>A test that needs a program of the machine; it says so and is skipped where the program is missing ('./test' fails for that in CI).</summary>
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] programs)
    {
        if (Array.Find(programs, program => !Exists(program)) is { } missing)
        {
            Skip = $"{missing} is not on this machine.";
        }
    }

    private static bool Exists(string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? File.Exists(Path.IsPathRooted(program) ? program : Path.Combine(Repository.Clients, program))
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
