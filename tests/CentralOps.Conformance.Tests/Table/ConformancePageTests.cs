using CentralOps.Conformance.Table;

namespace CentralOps.Conformance.Tests.Table;

/// <summary>The suite against the fixture, the gateway before it, the gateway by itself and the gateway's client, as docs/conformance.md tells it.</summary>
public sealed class ConformancePageTests
{
    [SuiteFact]
    public async Task The_page_tells_what_the_suite_finds_and_why()
    {
        var (page, problems) = await ConformanceTable.MakeAsync(CancellationToken.None);

        problems.ShouldBeEmpty();
        page.ShouldBe(
            await File.ReadAllTextAsync(ConformancePage.Path), "docs/conformance.md is old. Make it anew: dotnet run --project tests/CentralOps.Conformance -- table");
    }
}
