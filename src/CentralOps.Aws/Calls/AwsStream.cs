using System.Runtime.CompilerServices;
using CentralOps.Aws.Protocols.EventStreams;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>
/// An answer that comes as events: how the call began, and then the events one by one, as they come over the connection. No more than
/// one of them is held. Disposing closes the connection, whatever was read.
/// </summary>
public sealed class AwsStream : IAsyncDisposable
{
    private readonly AwsCall _call;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private HttpExchange? _exchange;
    private string _host = "";

    internal AwsStream(AwsCall call, TimeSpan timeout, TimeProvider time) => (_call, _timeout, _time) = (call, timeout, time);

    /// <summary>How the call began. Where it failed there are no events.</summary>
    public AwsAnswer Answer { get; internal set; }

    /// <summary>
    /// The events, once. One that holds a failure is the last: AWS's own, sent as an exception, or the network's. Each event has as long
    /// to come as an attempt has (<see cref="AwsCall.AttemptTimeout"/>).
    /// </summary>
    public async IAsyncEnumerable<AwsEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_exchange?.Stream is not { } stream)
        {
            yield break;
        }

        using var messages = new EventMessageReader(stream);
        var decoder = new EventDecoder(_call.Operation);
        while (await NextAsync(messages, decoder, cancellationToken) is { } next)
        {
            yield return next;
            if (next.Failure is not null)
            {
                yield break;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _exchange?.Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Begin(HttpExchange exchange, Uri url) => (_exchange, _host) = (exchange, url.Authority);

    private async ValueTask<AwsEvent?> NextAsync(EventMessageReader messages, EventDecoder decoder, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            while (await messages.NextAsync(either.Token) is { } message)
            {
                switch (decoder.Decode(message))
                {
                    case StreamedEvent.Data data:
                        return new AwsEvent(data.Name, data.Json, Failure: null);
                    case StreamedEvent.Failed failed:
                        return Broken(Failures.Of(_call, failed.Error, _exchange!.Response));
                    default:
                        // An event that this model is too old for.
                        break;
                }
            }

            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Broken(NetworkFailure.TimedOut(_host, _timeout));
        }
        catch (WireFormatException malformed)
        {
            return Broken(NetworkFailure.Malformed(_host, malformed.Message));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return Broken(NetworkFailure.From(fault, _host));
        }
    }

    private AwsEvent Broken(NetworkFailure network) => Broken(Outcome.Of(_call, network, _exchange!.Response).Failure!);

    private static AwsEvent Broken(AwsFailure failure) => new("", default, failure);
}

/// <summary>One event of an <see cref="AwsStream"/>.</summary>
/// <param name="Name">The member of the stream's union that came, such as <c>contentBlockDelta</c>.</param>
/// <param name="Json">The union with that one member: <c>{"contentBlockDelta":{…}}</c>.</param>
/// <param name="Failure">What ended the stream; null while it goes on.</param>
public readonly record struct AwsEvent(string Name, ReadOnlyMemory<byte> Json, AwsFailure? Failure);
