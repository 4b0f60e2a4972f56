using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Outbound;

/// <summary>The gateway's role, by Signature Version 4 over the very bytes that are sent (<c>iamCredentialProvider</c>).</summary>
internal sealed class SignatureCredential(
    Func<CancellationToken, ValueTask<AwsCredentials>> role, SigningScope scope, TimeProvider time, Func<string, bool>? keyRefused = null) : Credential
{
    /// <summary>Nearer than this, the clock is not why a signature was refused: services allow five minutes and more.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(4);

    private const string DateHeader = "X-Amz-Date";

    private long _offset;

    private DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));

    public override async ValueTask<TargetFailure?> ApplyAsync(WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var credentials = await role(cancellationToken);
            SignatureV4.Sign(request, credentials, scope, Now);
            return null;
        }
        catch (CredentialException)
        {
            return new(TargetFailureKind.Access, "There are no credentials of the Gateway execution role to sign the request with. Check the role, and retry the request.");
        }
    }

    /// <summary>A clock that is far off is corrected by the server's, for the calls to come too; else the key may have ended before its time.</summary>
    public override bool Renew(WireRequest refused, int status, DateTimeOffset? date) =>
        CorrectClock(refused, date) || (keyRefused is not null && KeyOf(refused) is { } key && keyRefused(key));

    private bool CorrectClock(WireRequest refused, DateTimeOffset? date)
    {
        if (date is not { } server || !TryRead(refused.Headers.Find(DateHeader), out var signed) || (server - signed).Duration() < Tolerated)
        {
            return false;
        }

        Volatile.Write(ref _offset, (server - time.GetUtcNow()).Ticks);
        return true;
    }

    private static string? KeyOf(WireRequest signed)
    {
        const string Before = "Credential=";
        var authorization = signed.Headers.Find("Authorization") ?? "";
        var start = authorization.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        var end = start < Before.Length ? -1 : authorization.IndexOf('/', start);
        return end < 0 ? null : authorization[start..end];
    }

    private static bool TryRead(string? text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        text, "yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out date);
}
