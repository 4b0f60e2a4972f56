using CentralOps.Aws.Protocols.EventStreams;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Sandbox.Front;

/// <summary>An answer that is a stream of events: each message goes out when it is there, the head with the first.</summary>
internal static class EventAnswer
{
    public static WireResponse Begin(string requestId)
    {
        var response = new WireResponse();
        response.Headers.Set("Content-Type", EventEncoder.ContentType);
        response.Headers.Set("x-amzn-RequestId", requestId);
        return response;
    }

    /// <summary>Writes the events as the fault lets them through.</summary>
    public static async Task WriteAsync(
        HttpExchange exchange, WireResponse response, IAsyncEnumerable<ReadOnlyMemory<byte>> events, FaultKind? fault, CancellationToken cancellationToken)
    {
        if (fault is FaultKind.Drop)
        {
            exchange.Abort();
            return;
        }

        WireExchange.CopyHeaders(exchange, response);
        var sent = 0;
        await foreach (var message in events.WithCancellation(cancellationToken))
        {
            // The second message is the one that suffers, so that something has come before.
            var whole = sent++ == 0 || fault is not (FaultKind.DropAfterHead or FaultKind.Truncated or FaultKind.Malformed);
            await exchange.SendAsync(whole ? message : Damaged(message, fault), cancellationToken);
            if (!whole && fault is FaultKind.DropAfterHead)
            {
                exchange.Abort();
            }

            if (!whole && fault is not FaultKind.Malformed)
            {
                return;
            }
        }
    }

    private static ReadOnlyMemory<byte> Damaged(ReadOnlyMemory<byte> message, FaultKind? fault)
    {
        if (fault is not FaultKind.Malformed)
        {
            return message[..(message.Length / 2)];
        }

        var copy = message.ToArray();
        copy[copy.Length / 2] ^= 0xFF;
        return copy;
    }
}
