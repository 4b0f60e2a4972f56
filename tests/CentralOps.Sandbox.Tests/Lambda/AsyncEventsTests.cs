using CentralOps.Sandbox.Lambda;
using CentralOps.Sandbox.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Sandbox.Tests.Lambda;

public sealed class AsyncEventsTests
{
    [PythonFact]
    public async Task An_event_that_the_function_fails_on_is_tried_again_after_a_minute_and_after_two_more()
    {
        var time = new ManualTime();
        await using var function = new FunctionProcesses(definition => definition with { IdleStop = TimeSpan.FromDays(1), Timeout = TimeSpan.FromMinutes(15) }, time);
        var events = new AsyncEvents("fixture", function.Pool, time, NullLogger.Instance, CancellationToken.None);
        var file = Path.GetTempFileName();

        events.TryQueue(function.NewInvocation($$"""{"do":"append","file":"{{file}}","fail":true}""")).ShouldBeTrue();

        // The wait itself is looked for: a timer of the invocation's own may stand a moment longer, or not yet.
        await Eventually.BecomesTrue(() => new FileInfo(file).Length == 1 && time.IsAwaited(TimeSpan.FromMinutes(1)), "the first try has failed");
        time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.BecomesTrue(() => new FileInfo(file).Length == 2 && time.IsAwaited(TimeSpan.FromMinutes(2)), "the second try has failed");
        time.Advance(TimeSpan.FromMinutes(2));
        await Eventually.BecomesTrue(() => new FileInfo(file).Length == 3 && time.Waiting == 1, "the last try has failed, and nobody waits");
        File.Delete(file);
    }
}
