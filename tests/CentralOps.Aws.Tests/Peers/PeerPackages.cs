using System.Runtime.CompilerServices;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Peers;

/// <summary>The npm packages of <c>tests/peers</c>, which <c>./test</c> installs.</summary>
internal static class PeerPackages
{
    public static string Directory { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "peers"));

    public static string? Missing => File.Exists(ModelPath("s3-2006-03-01")) ? null : $"The npm packages of {Directory} are not installed ('npm ci' there).";

    /// <summary>A service's description as npm's <c>aws-sdk</c> has it.</summary>
    public static ServiceModel Service(string api, string name) => ServiceModel.Read(File.ReadAllBytes(ModelPath(api)), name);

    public static string ModelPath(string api) => Path.Combine(Directory, "node_modules", "aws-sdk", "apis", api + ".min.json");

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}

internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute() => Skip = PeerPackages.Missing;
}

internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute() => Skip = PeerPackages.Missing;
}
