using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Sandbox.Front;

/// <summary>An answer that does not arrive as it should.</summary>
internal static class Damage
{
    /// <summary>Bytes that neither JSON nor XML nor CBOR takes where they stand.</summary>
    private static ReadOnlySpan<byte> Broken => [0xFF, 0x00, (byte)'<', (byte)'{', 0xFF];

    /// <summary>Writes the answer as the fault lets it through.</summary>
    public static async Task WriteAsync(HttpExchange exchange, WireResponse response, FaultKind? fault, CancellationToken cancellationToken)
    {
        var half = response.Body.Length / 2;
        switch (fault)
        {
            case FaultKind.Drop:
                exchange.Abort();
                return;
            case FaultKind.DropAfterHead:
                WireExchange.CopyHeaders(exchange, response);
                await exchange.AnswerPartlyAsync(response.Status, response.Body[..half], Math.Max(1, response.Body.Length), cancellationToken);
                return;
            case FaultKind.Truncated:
                response.Body = response.Body[..half];
                break;
            case FaultKind.Malformed:
                response.Body = (byte[])[.. response.Body.Span[..half], .. Broken];
                break;
            default:
                break;
        }

        await WireExchange.WriteAsync(exchange, response, cancellationToken);
    }
}
