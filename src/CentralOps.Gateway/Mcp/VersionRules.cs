using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Mcp;

/// <summary>Which revision of MCP a message is in, and whether it keeps that revision's rules for headers and <c>_meta</c>.</summary>
internal sealed class VersionRules(IReadOnlyList<string> supported)
{
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";

    // Clients of 2025-03-26 send no header, and AgentCore answers requests without one: the oldest revision on offer is meant.
    private readonly string? _assumed = supported.Where(version => !new Dialect(version).IsStateless).Min(StringComparer.Ordinal);

    // What an initialize that asks for something else is offered.
    private readonly string? _offered = supported.Where(version => !new Dialect(version).IsStateless).Max(StringComparer.Ordinal);

    /// <summary>The revision by the headers alone: all there is to go by where the message cannot be read.</summary>
    public Dialect Guess(IHeaderDictionary headers) =>
        headers.TryGetValue(VersionHeader, out var header) && header.Count == 1 ? new(header[0]!) : new(_assumed ?? ProtocolVersions.July2026);

    /// <returns>Why the message is refused; null when <paramref name="dialect"/> holds.</returns>
    public McpError? Judge(Message message, IHeaderDictionary headers, out Dialect dialect)
    {
        dialect = Guess(headers);
        var declared = headers.TryGetValue(VersionHeader, out var header) ? header.ToString() : null;
        if (declared is null && !message.MetaVersion.IsAbsent)
        {
            dialect = new(ProtocolVersions.July2026);
            return McpError.HeaderMismatch($"the {VersionHeader} header is missing; send it with the same value as '{MetaKeys.ProtocolVersion}'.");
        }

        // Its negotiation is in the body; what a client guesses in the header beforehand decides nothing.
        if (message.Method == McpMethod.Initialize && (declared is null || !dialect.IsStateless))
        {
            dialect = new(_offered ?? ProtocolVersions.November2025);
            return null;
        }

        if (declared is null)
        {
            return _assumed is null ? McpError.HeaderMismatch($"the {VersionHeader} header is missing; send {supported[0]}.") : null;
        }

        if (message.MetaVersion.IsString && !message.MetaVersion.TextEquals(declared))
        {
            return McpError.HeaderMismatch($"the {VersionHeader} header and '{MetaKeys.ProtocolVersion}' in params._meta differ; send the same in both.");
        }

        if (!supported.Contains(declared, StringComparer.Ordinal))
        {
            return McpError.UnsupportedVersion(declared, supported);
        }

        return dialect.IsStateless && !message.IsNotification ? JudgeStateless(message, headers) : null;
    }

    /// <summary>Initialize: the version asked for where it is on offer, else the newest that has a handshake.</summary>
    public McpError? Negotiate(Message message, out string agreed)
    {
        agreed = "";
        if (!message.RequestedVersion.IsString)
        {
            return McpError.InvalidParams("'params.protocolVersion' must be a string, such as \"2025-11-25\".");
        }

        var requested = message.RequestedVersion.Text();
        if (_offered is null)
        {
            return McpError.UnsupportedVersion(requested, supported);
        }

        agreed = supported.Contains(requested, StringComparer.Ordinal) && !new Dialect(requested).IsStateless ? requested : _offered;
        return null;
    }

    private static McpError? JudgeStateless(Message message, IHeaderDictionary headers)
    {
        if (!message.MetaVersion.IsString)
        {
            return McpError.InvalidMeta($"'{MetaKeys.ProtocolVersion}' is missing from params._meta; every request of this version carries it as a string.");
        }

        if (!message.MetaCapabilities.IsObject)
        {
            return McpError.InvalidMeta($"'{MetaKeys.ClientCapabilities}' is missing from params._meta; every request of this version carries it as an object.");
        }

        if (!message.MetaClientInfo.IsAbsent && !message.MetaClientInfo.IsObject)
        {
            return McpError.InvalidMeta($"'{MetaKeys.ClientInfo}' in params._meta must be an object.");
        }

        if (!headers.TryGetValue(MethodHeader, out var method) || !message.MethodName.TextEquals(method.ToString()))
        {
            return McpError.HeaderMismatch($"the {MethodHeader} header must be there and equal 'method'.");
        }

        // Without a name in the body there is nothing to compare; the request itself is refused for that.
        var (member, name) = message.Method switch
        {
            McpMethod.CallTool or McpMethod.GetPrompt => ("params.name", message.Name),
            McpMethod.ReadResource => ("params.uri", message.Uri),
            _ => ("", default),
        };
        return name.IsString && !NameMatches(name, headers)
            ? McpError.HeaderMismatch($"the {NameHeader} header must be there and equal '{member}'.")
            : null;
    }

    private static bool NameMatches(JsonToken expected, IHeaderDictionary headers) =>
        headers.TryGetValue(NameHeader, out var name)
        && McpHeaderEncoder.DecodeValue(name.ToString()) is { } decoded
        && expected.TextEquals(decoded);
}
