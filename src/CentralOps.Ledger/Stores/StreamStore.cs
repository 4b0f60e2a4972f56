namespace CentralOps.Ledger.Stores;

/// <summary>
/// A stream that somebody else collects, such as the standard output of a Lambda function, which CloudWatch Logs keeps. A function is frozen after its
/// answer: its ends of calls are written before.
/// </summary>
internal sealed class StreamStore(Stream stream) : ILedgerStore
{
    public bool TakesBack => false;

    public bool KeepsAnswersWaiting => true;

    public bool WantsNewPart(DateTimeOffset now) => false;

    public async ValueTask AppendAsync(Batch batch, CancellationToken cancellationToken)
    {
        // In one write, so that what else the process says does not come between.
        var head = batch.Head?.Line() ?? [];
        var bytes = new byte[batch.Lines.Length + head.Length];
        batch.Lines.CopyTo(bytes);
        head.CopyTo(bytes, batch.Lines.Length);
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
