using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Access.Tokens;

namespace CentralOps.Access.CallerContext;

/// <summary>
/// Judges caller contexts with the public keys that a function was configured with. Within its 60 seconds a context may be shown again, for the very
/// same call: whoever can invoke the function directly could repeat that call in the caller's name, and no other.
/// </summary>
/// <param name="keys">More than one while keys are changed.</param>
public sealed class CallerVerifier(JwkSet keys, TimeProvider time)
{
    /// <summary>How far the clocks of signer and function may differ.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(5);

    private const int MaxSubject = 2048;
    private const int MaxGroups = 1000;

    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Find("ES256")!;

    /// <param name="context">The compact form; null where none came.</param>
    /// <param name="call">What the call at hand says of itself.</param>
    public CallerVerdict Verify(string? context, CallAtHand call)
    {
        // 1. Form.
        if (context is null)
        {
            return new(CallerProblem.Absent);
        }

        if (context.Length > CallerSigner.MaxLength || context.Split('.', 4) is not [var head, var body, var tail]
            || Decode(head) is not { } header || Decode(body) is not { } payload || Decode(tail) is not { } signature)
        {
            return new(CallerProblem.Malformed);
        }

        // 2. The header says what this is: no token of any other kind is taken for a caller context, whoever signed it.
        if (StrictClaims.Read(header) is not { } said
            || StrictClaims.Text(said, "typ") is not CallerClaims.Type
            || StrictClaims.Text(said, "alg") is not "ES256"
            || said.TryGetProperty("crit"u8, out _)
            || StrictClaims.Text(said, "kid") is not { } keyId)
        {
            return new(CallerProblem.Malformed);
        }

        // 3. Key and signature.
        var candidates = keys.For(keyId, Algorithm);
        if (candidates.Count == 0)
        {
            return new(CallerProblem.UnknownKey);
        }

        var signed = Encoding.ASCII.GetBytes(context, 0, head.Length + 1 + body.Length);
        if (!candidates.Any(key => key.Verify(Algorithm, signed, signature)))
        {
            return new(CallerProblem.Signature);
        }

        // 4. Times, then the binding to this call, then who it is.
        if (StrictClaims.Read(payload) is not { } claims || ReadCaller(claims) is not { } caller)
        {
            return new(CallerProblem.Claims);
        }

        var problem = JudgeTimes(claims);
        problem = problem == CallerProblem.None ? JudgeBinding(claims, call) : problem;
        return problem == CallerProblem.None ? new(caller) : new(problem);
    }

    private CallerProblem JudgeTimes(JsonElement claims)
    {
        if (!TryNumber(claims, "iat", out var issued) || !TryNumber(claims, "exp", out var expires))
        {
            return CallerProblem.Claims;
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)MaxSkew.TotalSeconds;
        return expires - issued > (long)CallerClaims.Lifetime.TotalSeconds ? CallerProblem.TooLongLived
            : issued - skew > now ? CallerProblem.FromTheFuture
            : expires + skew <= now ? CallerProblem.Expired
            : CallerProblem.None;
    }

    private static CallerProblem JudgeBinding(JsonElement claims, CallAtHand call)
    {
        if (StrictClaims.Text(claims, "iss")?.EndsWith($":gateway/{call.GatewayId}", StringComparison.Ordinal) != true)
        {
            return CallerProblem.OtherGateway;
        }

        if (!string.Equals(StrictClaims.Text(claims, "aud"), call.ToolName, StringComparison.Ordinal))
        {
            return CallerProblem.OtherTool;
        }

        if (!string.Equals(StrictClaims.Text(claims, "mid"), CallBinding.OfMessage(call.MessageId), StringComparison.Ordinal))
        {
            return CallerProblem.OtherMessage;
        }

        return CallBinding.OfArguments(call.Arguments) is { } digest && string.Equals(StrictClaims.Text(claims, "args"), digest, StringComparison.Ordinal)
            ? CallerProblem.None
            : CallerProblem.OtherArguments;
    }

    private static Caller? ReadCaller(JsonElement claims)
    {
        var kind = CallerKinds.Find(StrictClaims.Text(claims, "kind"));
        if (StrictClaims.Text(claims, "sub") is not { Length: > 0 and <= MaxSubject } subject || kind is null)
        {
            return null;
        }

        return new Caller(subject, kind.Value)
        {
            Issuer = StrictClaims.Text(claims, "idp"),
            ClientId = StrictClaims.Text(claims, "client"),
            Groups = ReadGroups(claims),
            HasMoreGroups = claims.TryGetProperty("more"u8, out var more) && more.ValueKind == JsonValueKind.True,
        };
    }

    private static IReadOnlyList<string> ReadGroups(JsonElement claims) =>
        claims.TryGetProperty("groups"u8, out var groups) && groups.ValueKind == JsonValueKind.Array && groups.GetArrayLength() <= MaxGroups
            ? [.. groups.EnumerateArray().Where(static group => group.ValueKind == JsonValueKind.String).Select(static group => group.GetString()!)]
            : [];

    private static bool TryNumber(JsonElement claims, string name, out long number)
    {
        number = 0;
        return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number) && number is >= 0 and < 253_402_300_800;
    }

    private static byte[]? Decode(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part) is { Length: > 0 } bytes ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>What a function knows of the call it was given.</summary>
/// <param name="GatewayId">From the client context.</param>
/// <param name="ToolName">From the client context, with the target's prefix.</param>
/// <param name="MessageId">From the client context.</param>
/// <param name="Arguments">The event.</param>
public readonly record struct CallAtHand(string GatewayId, string ToolName, string MessageId, ReadOnlyMemory<byte> Arguments);

/// <summary>A caller who can be believed, or why there is none.</summary>
public readonly record struct CallerVerdict
{
    internal CallerVerdict(CallerProblem problem) => Problem = problem;

    internal CallerVerdict(Caller caller) => Caller = caller;

    public Caller? Caller { get; }

    public CallerProblem Problem { get; }
}
