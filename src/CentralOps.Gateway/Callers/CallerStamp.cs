using System.Text.Json;
using CentralOps.Access.CallerContext;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Callers;

/// <summary>Writes into a function's client context who calls, signed for this one call.</summary>
internal sealed class CallerStamp(CallerSigner signer, string gatewayArn)
{
    // The member's name, quotes, colon, comma, and the braces that follow.
    private const int Around = 32;

    public static CallerStamp? Of(GatewayConfig gateway, GatewayOptions options) => options.CallerSigner is { } signer ? new(signer, gateway.Arn) : null;

    /// <param name="maxBytes">Of the whole document.</param>
    /// <returns>False where there is no room for it: then the call must not be made, for nobody would be its caller.</returns>
    public bool TryWrite(Utf8JsonWriter json, ToolInvocation invocation, int maxBytes)
    {
        var room = maxBytes - (int)(json.BytesCommitted + json.BytesPending) - Around;
        if (CallBinding.OfArguments(invocation.Arguments) is not { } arguments
            || signer.Sign(new(gatewayArn, invocation.ToolName, arguments, CallBinding.OfMessage(invocation.MessageIdText()), invocation.Caller), room) is not { } signed)
        {
            return false;
        }

        json.WriteString(CallerClaims.ContextName, signed);
        return true;
    }
}
