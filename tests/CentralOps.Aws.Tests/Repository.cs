using System.Runtime.CompilerServices;
using CentralOps.Aws.Tests.Peers;

namespace CentralOps.Aws.Tests;

/// <summary>Where this checkout's files are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Other people's packages, which <c>npm ci</c> puts there.</summary>
    public static string PeerModules => Path.Combine(PeerPackages.Directory, "node_modules");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
