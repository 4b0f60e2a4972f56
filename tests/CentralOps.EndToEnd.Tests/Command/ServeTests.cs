using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary><c>centralops serve</c> as a process.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task It_serves_what_is_made_is_found_well_and_ends_with_an_interrupt()
    {
        var settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(settings, "gateways:\n  - gateway: ops\n    tool_sets:\n      - {name: none, callers: nobody, tools: \"*\"}\n");
        try
        {
            await using var serve = await RunningUp.StartServeAsync("--settings", settings);
            var made = await serve.CentralOpsAsync("gateway", "create", "ops");
            made.ExitCode.ShouldBe(0, made.Error);
            (await Eventually.TrueAsync(async () => (await serve.CentralOpsAsync("status")).Out.Contains("/ops-", StringComparison.Ordinal))).ShouldBeTrue("the state follows what is served");

            var tools = await serve.CentralOpsAsync("tools", "--output", "json");
            tools.ExitCode.ShouldBe(0, tools.Error);
            tools.Json.GetArrayLength().ShouldBe(0, "the settings' set is for nobody");
            var doctor = await serve.CentralOpsAsync("doctor", "--settings", settings);
            doctor.ExitCode.ShouldBe(0, doctor.Out + doctor.Error);
            doctor.Out.ShouldContain("gateway ops: READY");

            (await serve.InterruptAsync()).ShouldBe(0, serve.Words);
            serve.Words.ShouldContain("Stopped.");
        }
        finally
        {
            File.Delete(settings);
        }
    }
}
