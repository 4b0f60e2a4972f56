using System.Runtime.CompilerServices;

namespace CentralOps.Aws.Tests;

/// <summary>Where this checkout's files are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Other people's packages, which <c>npm ci</c> puts there.</summary>
    public static string PeerModules => Path.Combine(Root, "tests", "peers", "node_modules");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
