using System.Buffers;
using System.Text.Json;
using CentralOps.Access.Tokens;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Serving;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Callers;

/// <summary>
/// The documents in which a gateway of CUSTOM_JWT says where tokens for it come from: RFC 9728's, and, where it is switched on, the provider's own of
/// RFC 8414 for clients that look for it here. They are public: GET, no credentials, any origin.
/// </summary>
internal sealed class WellKnownEndpoints(GatewayConfig gateway, GatewayUrls urls, OpenIdProvider provider, HostRules hosts)
{
    private static readonly Dialect NoDialect = new(ProtocolVersions.March2025);

    /// <summary>By path.</summary>
    public IEnumerable<KeyValuePair<string, IEndpoint>> All()
    {
        var resource = new Document(this, WriteResource);
        foreach (var path in WellKnown.PathsOf(WellKnown.ProtectedResource, gateway.GatewayId))
        {
            yield return new(path, resource);
        }

        if (gateway.Switches.MirrorAuthorizationServer)
        {
            var mirror = new Document(this, static (_, keys) => keys.Metadata);
            foreach (var path in WellKnown.PathsOf(WellKnown.AuthorizationServer, gateway.GatewayId))
            {
                yield return new(path, mirror);
            }
        }
    }

    private ReadOnlyMemory<byte> WriteResource(Exchange exchange, ProviderKeys keys)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("resource"u8, urls.Mcp(exchange.Request));
            WriteStrings(json, "authorization_servers", [keys.Issuer]);
            WriteStrings(json, "scopes_supported", BearerChallenge.Advertised(gateway.CustomJwt!));
            WriteStrings(json, "bearer_methods_supported", ["header"]);
            json.WriteString("resource_name"u8, gateway.Name);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private sealed class Document(WellKnownEndpoints owner, Func<Exchange, ProviderKeys, ReadOnlyMemory<byte>> write) : IEndpoint
    {
        public async ValueTask HandleAsync(Exchange exchange, CancellationToken cancellationToken)
        {
            if (!owner.AdmitsHost(exchange))
            {
                await exchange.SendErrorAsync(McpError.WrongHost, NoDialect, cancellationToken);
                return;
            }

            if (!HttpMethods.IsGet(exchange.Request.Method))
            {
                await exchange.SendErrorAsync(McpError.DocumentMethodNotAllowed, NoDialect, cancellationToken);
                return;
            }

            if (await owner.KeysAsync(cancellationToken) is not { } keys)
            {
                await exchange.SendErrorAsync(McpError.ProviderAway, NoDialect, cancellationToken);
                return;
            }

            exchange.Reply.Raw(write(exchange, keys).Span);
            exchange.AddHeaders([new("Access-Control-Allow-Origin", "*"), new("Cache-Control", "public, max-age=300")]);
            await exchange.SendAsync(StatusCodes.Status200OK, asEvent: false, cancellationToken);
        }
    }

    private bool AdmitsHost(Exchange exchange) => hosts.AdmitsHost(exchange.Request.Headers.Host);

    private ValueTask<ProviderKeys?> KeysAsync(CancellationToken cancellationToken) => provider.KeysAsync(cancellationToken);
}
