using System.Text.Json;

namespace CentralOps.Conformance.Suites;

/// <summary>The npm packages of <c>tests/conformance</c>, which <c>./test</c> installs: the suite, and the Node that it needs.</summary>
internal static class SuitePackage
{
    public static string Root { get; } = FindRoot();

    public static string Node { get; } = Path.Combine(Root, "tests", "conformance", "node_modules", "node", "bin", "node");

    public static string Script { get; } = Path.Combine(Folder, "dist", "index.js");

    public static string Version
    {
        get
        {
            using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "package.json")));
            return package.RootElement.GetProperty("version").GetString()!;
        }
    }

    private static string Folder => Path.Combine(Root, "tests", "conformance", "node_modules", "@modelcontextprotocol", "conformance");

    /// <summary>What to do before anything can run; null where all is there.</summary>
    public static string? Missing => File.Exists(Node) && File.Exists(Script) ? null : "The npm packages of tests/conformance are not installed. Run 'npm ci' there.";

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "CentralOps.slnx")))
        {
            directory = Path.GetDirectoryName(directory.TrimEnd('/')) ?? throw new InvalidOperationException("This command runs inside a checkout.");
        }

        return directory;
    }
}
