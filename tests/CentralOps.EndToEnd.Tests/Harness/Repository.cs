namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>Where things are: these tests run what a user runs, from the checkout.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Command => Path.Combine(Root, "centralops");

    public static string Clients => Path.Combine(Root, "tests", "CentralOps.EndToEnd.Tests", "clients");

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "CentralOps.slnx")))
        {
            directory = Path.GetDirectoryName(directory.TrimEnd('/')) ?? throw new InvalidOperationException("These tests run inside a checkout.");
        }

        return directory;
    }
}
