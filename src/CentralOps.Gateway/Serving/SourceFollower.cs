using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Serving;

/// <summary>Keeps the table of served gateways in step with their source. What was served goes on while the source is away.</summary>
internal sealed partial class SourceFollower(IGatewaySource source, GatewayTable table, TimeProvider time, ILogger<SourceFollower> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the gateways are served as the source had them at first.</summary>
    public Task Ready => _ready.Task;

    public async Task FollowAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var gateways in source.WatchAsync(stopping))
                {
                    table.Serve(gateways);
                    _ready.TrySetResult();
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                SourceFailed(e);
            }

            await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "The source of the gateways failed. What was served last goes on; it is asked again in a second.")]
    private partial void SourceFailed(Exception exception);
}
