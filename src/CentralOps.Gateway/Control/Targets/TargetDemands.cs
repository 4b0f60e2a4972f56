using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>What a target has to be beyond the model.</summary>
internal static class TargetDemands
{
    private const string InlinePayload = "targetConfiguration.mcp.lambda.toolSchema.inlinePayload";
    private const string SchemaUri = "targetConfiguration.mcp.lambda.toolSchema.s3.uri";
    private const string Connector = "targetConfiguration.mcp.connector.source.connectorId";

    /// <param name="gateway">That it belongs to.</param>
    public static async ValueTask<ControlError?> CheckAsync(ControlContext context, JsonObject input, JsonObject gateway, CancellationToken cancellationToken)
    {
        if (TargetKinds.Of(input, out var unserved) is not { } kind)
        {
            return unserved;
        }

        var config = input["targetConfiguration"]!["mcp"]!;
        var sessions = gateway.At("protocolConfiguration", "mcp", "sessionConfiguration") is not null;
        return await CredentialDemands.CheckAsync(context, kind, input, cancellationToken)
            ?? PropagationDemands.Check(input, sessions)
            ?? kind switch
            {
                TargetKind.McpServer => McpServerDemands.Check(config["mcpServer"]!, input, gateway, context.Options),
                TargetKind.Lambda => Lambda(config["lambda"]!, input.TextAt("name")),
                _ => Builtin(config.TextAt("connector", "source", "connectorId")!, context.Options),
            };
    }

    private static ControlError? Lambda(JsonNode lambda, string? name)
    {
        if (lambda.At("toolSchema", "inlinePayload") is not { } tools)
        {
            // The model does not demand it.
            return lambda.TextAt("toolSchema", "s3", "uri") is null ? ControlError.Invalid(SchemaUri, "Member must not be null: it is where the tool schema lies, such as s3://bucket/key") : null;
        }

        var bytes = Resource.Bytes(tools);
        if (bytes.Length > ControlLimits.MaxInlineSchemaBytes)
        {
            return ControlError.Invalid(InlinePayload, $"The inline schema has {bytes.Length} bytes; the limit is {ControlLimits.MaxInlineSchemaBytes}. Put it into S3");
        }

        var problems = Provisioning.ToolSchema.Read(bytes, name ?? "", out _);
        return problems.Count == 0 ? null : ControlError.Invalid([.. problems.Select(static problem => new Validation.FieldProblem(InlinePayload, problem))]);
    }

    private static ControlError? Builtin(string connectorId, ControlOptions options) =>
        options.Builtins.ContainsKey(connectorId[TargetKinds.BuiltinPrefix.Length..])
            ? null
            : ControlError.Invalid(
                Connector,
                options.Builtins.Count == 0
                    ? "There are no tools built into this process"
                    : $"There are no such tools built into this process. There are: {string.Join(", ", options.Builtins.Keys.Order(StringComparer.Ordinal).Select(static name => TargetKinds.BuiltinPrefix + name))}");
}
