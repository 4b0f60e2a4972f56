using System.Text.Json.Nodes;
using CentralOps.Conformance.Fixture.Tools;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace CentralOps.Conformance.Fixture;

/// <summary>What every request of the stateless revision has to carry: <c>_meta</c>, and headers that repeat what the body says.</summary>
internal sealed class StatelessRules(ToolBox tools)
{
    private const int HeaderMismatch = -32020;
    private const int UnsupportedVersion = -32022;

    /// <returns>Why the request is refused, with status 400; null where it keeps the rules.</returns>
    public Outcome.Failed? Judge(Message message, IHeaderDictionary headers)
    {
        string? declared = headers["MCP-Protocol-Version"];
        if (declared is null)
        {
            return new(HeaderMismatch, "The MCP-Protocol-Version header is missing.");
        }

        if (message.IsNotification || message.IsResponse)
        {
            return null;
        }

        if (message.Meta is not { } meta || Message.Text(meta[MetaNames.ProtocolVersion]) is not { } version)
        {
            return new(-32602, $"params._meta has no '{MetaNames.ProtocolVersion}'.");
        }

        if (meta[MetaNames.ClientCapabilities] is not JsonObject)
        {
            return new(-32602, $"params._meta has no '{MetaNames.ClientCapabilities}'.");
        }

        if (version != declared)
        {
            return new(HeaderMismatch, "The MCP-Protocol-Version header and params._meta differ.");
        }

        return version == Versions.Stateless ? JudgeRepeated(message, headers) : new(UnsupportedVersion, "Unsupported protocol version", new()
        {
            ["supported"] = new JsonArray(Versions.Stateless),
            ["requested"] = version,
        });
    }

    private Outcome.Failed? JudgeRepeated(Message message, IHeaderDictionary headers)
    {
        if (headers["Mcp-Method"].ToString() != message.Method)
        {
            return new(HeaderMismatch, "The Mcp-Method header is not the body's method.");
        }

        var name = message.Method switch
        {
            "tools/call" or "prompts/get" => Message.Text(message.Params["name"]),
            "resources/read" => Message.Text(message.Params["uri"]),
            _ => null,
        };
        if (name is not null && McpHeaderEncoder.DecodeValue(headers["Mcp-Name"].ToString().Trim()) != name)
        {
            return new(HeaderMismatch, "The Mcp-Name header is not the name in the body.");
        }

        return message.Method == "tools/call" && tools.Find(name) is { } tool ? JudgeArguments(tool, message, headers) : null;
    }

    private static Outcome.Failed? JudgeArguments(FixtureTool tool, Message message, IHeaderDictionary headers)
    {
        var arguments = message.Params["arguments"] as JsonObject;
        foreach (var (name, property) in JsonNode.Parse(tool.Schema)!["properties"]!.AsObject())
        {
            if (Message.Text((property as JsonObject)?["x-mcp-header"]) is not { } header)
            {
                continue;
            }

            string? repeated = headers["Mcp-Param-" + header];
            if ((repeated is null ? null : McpHeaderEncoder.DecodeValue(repeated.Trim())) != Message.Text(arguments?[name]))
            {
                return new(HeaderMismatch, $"The Mcp-Param-{header} header is not the argument '{name}'.");
            }
        }

        return null;
    }
}
