using System.Text.Json;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace CentralOps.Gateway.Mcp;

/// <summary>The HTTP status of a target's answer that is passed on: in the stateless revision some errors of an MCP server have one of their own.</summary>
internal static class ForwardedError
{
    public static int StatusOf(TargetAnswer answer, Dialect dialect) =>
        answer is not { Failure: null, Form: TargetAnswerForm.Error } || !dialect.IsStateless
            ? StatusCodes.Status200OK
            : CodeOf(answer.Json.Span) switch
            {
                (int)McpErrorCode.MissingRequiredClientCapability => StatusCodes.Status400BadRequest,
                (int)McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                _ => StatusCodes.Status200OK,
            };

    private static int? CodeOf(ReadOnlySpan<byte> error)
    {
        var reader = new Utf8JsonReader(error);
        while (reader.Read())
        {
            var isCode = reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("code"u8);
            if (isCode && reader.Read())
            {
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var code) ? code : null;
            }
        }

        return null;
    }
}
