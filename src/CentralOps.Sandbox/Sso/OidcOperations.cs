using System.Text.Json.Nodes;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Sso;

/// <summary>
/// Signing in without a key: a client registers, asks for a device code, and changes it into a token once the person has agreed
/// (RFC 8628). https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference
/// </summary>
internal abstract class OidcOperation : Operation
{
    public sealed override string? Action => null;

    public sealed override bool IsUnsigned => true;

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    protected abstract OperationAnswer Answer(OperationCall call);
}

internal sealed class RegisterClient(SsoStore store) : OidcOperation
{
    public override string Name => "RegisterClient";

    protected override OperationAnswer Answer(OperationCall call)
    {
        if (string.IsNullOrEmpty(call.Text("clientName")) || call.Text("clientType") is not "public")
        {
            return new ServiceError("InvalidClientMetadataException", "A clientName and the clientType public are required.");
        }

        var (id, secret) = store.Register();
        return new JsonObject
        {
            ["clientId"] = id,
            ["clientSecret"] = secret,
            ["clientIdIssuedAt"] = call.Now.ToUnixTimeSeconds(),
            ["clientSecretExpiresAt"] = (call.Now + SsoStore.ClientLifetime).ToUnixTimeSeconds(),
        };
    }
}

internal sealed class StartDeviceAuthorization(SsoStore store) : OidcOperation
{
    public override string Name => "StartDeviceAuthorization";

    protected override OperationAnswer Answer(OperationCall call)
    {
        if (!store.IsClient(call.Text("clientId"), call.Text("clientSecret")))
        {
            return OidcErrors.BadClient;
        }

        if (!string.Equals(call.Text("startUrl")?.TrimEnd('/', '#'), store.StartUrl, StringComparison.Ordinal))
        {
            return new ServiceError("InvalidRequestException", $"The start URL is not this organization's, which is {store.StartUrl}");
        }

        var code = store.StartDevice(call.Text("clientId")!);
        var shown = $"{code[..4]}-{code[4..8]}".ToUpperInvariant();
        return new JsonObject
        {
            ["deviceCode"] = code,
            ["userCode"] = shown,
            ["verificationUri"] = store.StartUrl + "/#/device",
            ["verificationUriComplete"] = $"{store.StartUrl}/#/device?user_code={shown}",
            ["expiresIn"] = (int)SsoStore.CodeLifetime.TotalSeconds,
            ["interval"] = 1,
        };
    }
}

internal sealed class CreateToken(SsoStore store) : OidcOperation
{
    public override string Name => "CreateToken";

    protected override OperationAnswer Answer(OperationCall call)
    {
        if (!store.IsClient(call.Text("clientId"), call.Text("clientSecret")))
        {
            return OidcErrors.BadClient;
        }

        switch (call.Text("grantType"))
        {
            case "refresh_token":
                return store.UserOf("refresh", call.Text("refreshToken")) is { } user ? Tokens(user) : OidcErrors.BadGrant;
            case "urn:ietf:params:oauth:grant-type:device_code":
                return store.Poll(call.Text("deviceCode") ?? "", call.Text("clientId")!) switch
                {
                    DeviceState.Pending => new ServiceError("AuthorizationPendingException", "The person has not agreed yet."),
                    DeviceState.Granted when store.Person is { } person => Tokens(person),
                    _ => OidcErrors.BadGrant,
                };
            default:
                return new ServiceError("UnsupportedGrantTypeException", "Only the device code and refresh token grants are served here.");
        }
    }

    private JsonObject Tokens(Estates.SsoUser user) => new()
    {
        ["accessToken"] = store.IssueToken("access", user),
        ["refreshToken"] = store.IssueToken("refresh", user),
        ["tokenType"] = "Bearer",
        ["expiresIn"] = (int)SsoStore.TokenLifetime.TotalSeconds,
    };
}

internal static class OidcErrors
{
    public static ServiceError BadClient { get; } = new("InvalidClientException", "The client is not registered, its secret is not its own, or it has expired.", 401);

    public static ServiceError BadGrant { get; } = new("InvalidGrantException", "The code or token is not one that was given to this client, was used, or has expired.");
}
