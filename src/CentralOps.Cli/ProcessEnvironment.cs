#pragma warning disable RS0030 // The one place of this binary that reads the environment.
namespace CentralOps.Cli;

/// <summary>The process environment, as whoever started the command set it.</summary>
internal static class ProcessEnvironment
{
    public static string? Read(string name) => Environment.GetEnvironmentVariable(name);
}
