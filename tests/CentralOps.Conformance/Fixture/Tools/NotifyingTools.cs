namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>Tools that say something before they answer, or hang up first.</summary>
internal static class NotifyingTools
{
    public static IReadOnlyList<FixtureTool> All { get; } =
    [
        new("test_tool_with_logging", "Logs three times while it runs.", LogAsync),
        new("test_logging_tool", "Logs three times while it runs, to those who want logs.", LogAsync),
        new("test_tool_with_progress", "Reports progress three times while it runs.", ProgressAsync),
        new("test_reconnection", "Closes the stream before it answers; the answer waits for the client's return.", (call, cancellationToken) =>
            new(new Outcome.ClosesFirst(AnswerLaterAsync(call, cancellationToken)))),
    ];

    private static async ValueTask<Outcome> LogAsync(Call call, CancellationToken cancellationToken)
    {
        await call.LogAsync("info", "Tool execution started", cancellationToken);
        await call.PauseAsync(cancellationToken);
        await call.LogAsync("info", "Tool processing data", cancellationToken);
        await call.PauseAsync(cancellationToken);
        await call.LogAsync("info", "Tool execution completed", cancellationToken);
        return Content.Of(Content.Text("Logged three times."));
    }

    private static async ValueTask<Outcome> ProgressAsync(Call call, CancellationToken cancellationToken)
    {
        await call.ProgressAsync(0, cancellationToken);
        await call.PauseAsync(cancellationToken);
        await call.ProgressAsync(50, cancellationToken);
        await call.PauseAsync(cancellationToken);
        await call.ProgressAsync(100, cancellationToken);
        return Content.Of(Content.Text("Reported progress three times."));
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> AnswerLaterAsync(Call call, CancellationToken cancellationToken)
    {
        await call.PauseAsync(cancellationToken);
        return ((Outcome.Answered)Content.Of(Content.Text("This answer was waiting."))).Result;
    }
}
