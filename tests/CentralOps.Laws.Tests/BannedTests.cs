namespace CentralOps.Laws.Tests;

/// <summary>The analyzers refuse banned symbols at build time; these laws hold the analyzers in place.</summary>
public sealed class BannedTests
{
    [Fact]
    public void Every_banned_symbol_says_what_to_use_instead()
    {
        var lines = File.ReadAllLines(Path.Combine(House.Root, "src", "BannedSymbols.txt")).Where(line => line.Length > 0).ToList();
        lines.Count.ShouldBeGreaterThan(10);
        lines.Where(line => line.Split(';', 2) is not [_, { Length: > 20 }]).ShouldBeEmpty();
    }

    [Fact]
    public void The_ban_is_nowhere_lifted_but_with_a_reason_beside_it()
    {
        File.ReadAllText(Path.Combine(House.Root, "src", "Directory.Build.props")).ShouldContain("BannedSymbols.txt");
        foreach (var file in Directory.GetFiles(House.Root, ".editorconfig").Concat(Directory.GetFiles(Path.Combine(House.Root, "src"), "*.csproj", SearchOption.AllDirectories)))
        {
            File.ReadAllText(file).ShouldNotContain("RS0030");
        }

        var silent = Directory.GetFiles(Path.Combine(House.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => File.ReadLines(path).Where(line => line.Contains("pragma warning disable RS0030", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal)).Select(_ => path));
        silent.ShouldBeEmpty();
    }
}
