using CentralOps.Access.Callers;

namespace CentralOps.Access.CallerContext;

/// <summary>
/// What a caller context says: who asks, through which gateway, and the one call that this is good for. It travels as a compact JWS
/// (RFC 7515) of the type <c>centralops-caller+jwt</c>, signed with ES256, for 60 seconds at most.
/// </summary>
/// <param name="GatewayArn">Of the gateway that established the caller; <c>iss</c>.</param>
/// <param name="ToolName"><c>target___tool</c>; <c>aud</c>.</param>
/// <param name="ArgumentsDigest">The arguments by <see cref="CallBinding"/>; <c>args</c>.</param>
/// <param name="MessageDigest">The message id by <see cref="CallBinding"/>; <c>mid</c>.</param>
public sealed record CallerClaims(string GatewayArn, string ToolName, string ArgumentsDigest, string MessageDigest, Caller Caller)
{
    public const string Type = "centralops-caller+jwt";

    /// <summary>The member of the client context's <c>custom</c> map in which our gateway hands it on.</summary>
    public const string ContextName = "centralOpsCaller";

    /// <summary>The header in which an interceptor of AgentCore hands it on. No client's header of this name is ever believed: only the signature is.</summary>
    public const string HeaderName = "X-CentralOps-Caller";

    /// <summary>Good for so long, clock skew not counted.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);
}
