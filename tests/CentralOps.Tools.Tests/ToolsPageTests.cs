using System.Runtime.CompilerServices;
using CentralOps.ToolPages;
using CentralOps.Tools.Tests.Live;

namespace CentralOps.Tools.Tests;

public sealed class ToolsPageTests(SandboxAccounts sandbox) : IClassFixture<SandboxAccounts>
{
    [Fact]
    public async Task The_page_is_what_its_command_makes_of_the_tools() =>
        (await ToolsPage.WriteAsync(sandbox.Tools, CancellationToken.None)).ShouldBe(
            await File.ReadAllTextAsync(Committed()), "Make it anew: dotnet run --project tools/CentralOps.ToolPages");

    private static string Committed([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "tools.md");
}
