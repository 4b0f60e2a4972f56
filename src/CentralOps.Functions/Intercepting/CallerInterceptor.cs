using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Callers;
using CentralOps.Access.Tokens;
using CentralOps.Functions.Dispatch;
using CentralOps.Functions.Runtime;

namespace CentralOps.Functions.Intercepting;

/// <summary>
/// The REQUEST interceptor that tells functions behind an AgentCore gateway who calls: it verifies the caller's token again, by the provider's own keys, or takes the
/// IAM principal where AgentCore gives it, and sets the header <see cref="CallerClaims.HeaderName"/>, whatever the client sent under that name. The gateway
/// needs <c>passRequestHeaders</c>, and its targets the header among their allowed request headers.
/// </summary>
internal sealed class CallerInterceptor(string gatewayArn, CallerSigner signer, OpenIdProvider? provider, TimeProvider time, TextWriter log) : IDispatch
{
    /// <summary>No JWS: it takes the place of what a client may have sent, and identifies nobody.</summary>
    private const string Nobody = "unidentified";

    private const string Scheme = "Bearer ";

    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(60);
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128, AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<DispatchResult> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(invocation.Payload, Options);
        }
        catch (JsonException)
        {
            return new(default, new RuntimeError("NotAnInterceptorEvent", "The event is not JSON with each member once."));
        }

        using (document)
        {
            if (InterceptedMessage.Read(document.RootElement) is not { } message)
            {
                return new(default, new RuntimeError("NotAnInterceptorEvent", "The event is not that of a REQUEST interceptor of an MCP gateway, version 1.0."));
            }

            return new(Write(message, await SignAsync(message, invocation, cancellationToken)), null);
        }
    }

    private async ValueTask<string> SignAsync(InterceptedMessage message, Invocation invocation, CancellationToken cancellationToken)
    {
        if (message.ToolName is not { } tool || message.MessageId is not { } id)
        {
            return Nobody;
        }

        var (caller, problem) = await IdentifyAsync(message, cancellationToken);
        if (caller is not null)
        {
            try
            {
                var signed = signer.Sign(new(gatewayArn, tool, CallBinding.OfArguments(message.Arguments), CallBinding.OfMessage(id), caller));
                problem = signed is null ? "is longer than a caller context may be" : null;
                if (signed is not null)
                {
                    return signed;
                }
            }
            catch (InvalidOperationException)
            {
                problem = "has arguments that are not whole characters";
            }
        }

        await log.WriteLineAsync($"Request {invocation.RequestId}: no caller context was made: the token {problem}.".AsMemory(), cancellationToken);
        return Nobody;
    }

    private async ValueTask<(Caller? Caller, string? Problem)> IdentifyAsync(InterceptedMessage message, CancellationToken cancellationToken)
    {
        if (message.Principal is { } arn)
        {
            return (new Caller(arn, CallerKind.Iam), null);
        }

        if (provider is null || message.Authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return (null, "is missing, or no provider is configured to judge it by (CENTRALOPS_DISCOVERY_URL)");
        }

        var verdict = await JudgeAsync(message.Authorization[Scheme.Length..].Trim(), cancellationToken);
        return verdict is null ? (null, "cannot be judged: its provider does not answer")
            : verdict.Value.Token is { } token ? (CallerOf(token), null)
            : (null, TokenWords.Of(verdict.Value.Problem));
    }

    private async ValueTask<TokenVerdict?> JudgeAsync(string token, CancellationToken cancellationToken)
    {
        if (await provider!.KeysAsync(cancellationToken) is not { } keys)
        {
            return null;
        }

        var verdict = TokenJudge.Judge(token, keys.Issuer, keys.Keys, time.GetUtcNow(), MaxSkew);
        return verdict.Problem == TokenProblem.UnknownKey && await provider.RenewedKeysAsync(cancellationToken) is { } renewed
            ? TokenJudge.Judge(token, renewed.Issuer, renewed.Keys, time.GetUtcNow(), MaxSkew)
            : verdict;
    }

    private static Caller CallerOf(VerifiedToken token) => new(token.Subject, CallerKind.Jwt)
    {
        Issuer = token.Issuer,
        ClientId = token.ClientId,
        Groups = [.. token.OneOrMore("groups").Concat(token.OneOrMore("cognito:groups")).Concat(token.OneOrMore("roles")).Distinct(StringComparer.Ordinal)],
    };

    private static ReadOnlyMemory<byte> Write(InterceptedMessage message, string caller)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("interceptorOutputVersion"u8, "1.0"u8);
            json.WriteStartObject("mcp"u8);
            json.WriteStartObject("transformedGatewayRequest"u8);
            json.WriteStartObject("headers"u8);
            json.WriteString(CallerClaims.HeaderName, caller);
            json.WriteEndObject();

            // Live gateways refuse an answer without a body.
            json.WritePropertyName("body"u8);
            message.Body.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
