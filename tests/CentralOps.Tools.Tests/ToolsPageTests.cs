using System.Runtime.CompilerServices;
using CentralOps.ToolPages;
using CentralOps.Tools.Tests.Live;

namespace CentralOps.Tools.Tests;

public sealed class ToolsPageTests(SandboxAccounts sandbox) : IClassFixture<SandboxAccounts>
{
    [Fact]
    public async Task The_page_is_what_its_command_makes_of_the_tools()
    {
        var made = (await ToolsPage.WriteAsync(sandbox.Tools, CancellationToken.None)).Split('\n');
        var committed = await File.ReadAllLinesAsync(Committed());
        var differing = made.Zip(committed).FirstOrDefault(static pair => pair.First != pair.Second);
        differing.First.ShouldBe(differing.Second, "docs/tools.md is old. Make it anew: dotnet run --project tools/CentralOps.ToolPages");
        made.Length.ShouldBe(committed.Length + 1);
    }

    private static string Committed([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "tools.md");
}
