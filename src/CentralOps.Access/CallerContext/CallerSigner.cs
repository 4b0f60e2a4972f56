using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Access.Callers;

namespace CentralOps.Access.CallerContext;

/// <summary>Signs caller contexts with a P-256 key. Safe for concurrent use; no text form tells the key.</summary>
public sealed class CallerSigner : IDisposable
{
    /// <summary>
    /// What a context may come to, in bytes. Lambda admits 3,583 of base64 for the whole client context; beside the caller, AgentCore's own
    /// members take what their longest names and ids need. Groups are what gives way: where they do not fit, none is handed on, and the caller is marked.
    /// </summary>
    public const int MaxLength = 1780;

    private const int SignatureBytes = 64;

    // The whole is base64 of ASCII later; escaping characters would only make it longer.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentBag<ECDsa> _idle = [];
    private readonly ECParameters _key;
    private readonly string _header;
    private readonly TimeProvider _time;

    private CallerSigner(string keyId, ECParameters key, TimeProvider time)
    {
        (_key, _time) = (key, time);
        _header = Encode(json =>
        {
            json.WriteString("alg"u8, "ES256"u8);
            json.WriteString("kid"u8, keyId);
            json.WriteString("typ"u8, CallerClaims.Type);
        });
    }

    /// <summary>Reads a private JSON Web Key (<c>kty</c> EC, <c>crv</c> P-256, <c>kid</c>, <c>x</c>, <c>y</c>, <c>d</c>).</summary>
    /// <returns>Null where it is none; nothing of it is told.</returns>
    public static CallerSigner? FromJwk(ReadOnlyMemory<byte> json, TimeProvider time)
    {
        var key = EllipticKey.ReadPrivate(json);
        return key is null ? null : new CallerSigner(key.Id, key.Parameters, time);
    }

    /// <summary>A new key, for one run: its public half goes to the functions.</summary>
    public static CallerSigner New(TimeProvider time, out string publicKeys)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = made.ExportParameters(includePrivateParameters: true);
        var id = Base64Url.EncodeToString(SHA256.HashData([.. key.Q.X!, .. key.Q.Y!]).AsSpan(0, 9));
        publicKeys = EllipticKey.WritePublic(id, key.Q);
        return new CallerSigner(id, key, time);
    }

    /// <param name="room">How many bytes there are for it.</param>
    /// <returns>The compact form; null where it would come to more than <paramref name="room"/>, or <see cref="MaxLength"/>, even without groups.</returns>
    public string? Sign(CallerClaims claims, int room = MaxLength)
    {
        var most = Math.Min(room, MaxLength);
        var signed = $"{_header}.{WritePayload(claims, withGroups: true)}";
        if (LengthOf(signed) > most)
        {
            signed = $"{_header}.{WritePayload(claims, withGroups: false)}";
        }

        return LengthOf(signed) > most ? null : $"{signed}.{Base64Url.EncodeToString(Signature(signed))}";
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var key))
        {
            key.Dispose();
        }
    }

    private static int LengthOf(string signed) => signed.Length + 1 + Base64Url.GetEncodedLength(SignatureBytes);

    private string WritePayload(CallerClaims claims, bool withGroups)
    {
        var caller = claims.Caller;
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return Encode(json =>
        {
            json.WriteString("iss"u8, claims.GatewayArn);
            json.WriteString("aud"u8, claims.ToolName);
            json.WriteString("sub"u8, caller.Principal);
            json.WriteString("kind"u8, CallerKinds.NameOf(caller.Kind));
            Optional(json, "idp", caller.Issuer);
            json.WriteString("args"u8, claims.ArgumentsDigest);
            json.WriteString("mid"u8, claims.MessageDigest);
            json.WriteNumber("iat"u8, now);
            json.WriteNumber("exp"u8, now + (long)CallerClaims.Lifetime.TotalSeconds);
            json.WriteString("jti"u8, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)));
            if (withGroups)
            {
                Optional(json, "client", caller.ClientId);
                WriteGroups(json, caller.Groups);
            }

            if (caller.HasMoreGroups || (!withGroups && caller.Groups.Count > 0))
            {
                json.WriteBoolean("more"u8, true);
            }
        });
    }

    private static void WriteGroups(Utf8JsonWriter json, IReadOnlyList<string> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        json.WriteStartArray("groups"u8);
        foreach (var group in groups)
        {
            json.WriteStringValue(group);
        }

        json.WriteEndArray();
    }

    private byte[] Signature(string signed)
    {
        var key = _idle.TryTake(out var idle) ? idle : ECDsa.Create(_key);
        try
        {
            return key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _idle.Add(key);
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(bytes.WrittenSpan);
    }
}
