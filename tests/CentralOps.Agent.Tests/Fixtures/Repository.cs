namespace CentralOps.Agent.Tests.Fixtures;

internal static class Repository
{
    public static string File(params string[] path)
    {
        var directory = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(directory, "CentralOps.slnx")))
        {
            directory = Path.GetDirectoryName(directory.TrimEnd('/')) ?? throw new InvalidOperationException("These tests run inside a checkout.");
        }

        return Path.Combine([directory, .. path]);
    }
}
