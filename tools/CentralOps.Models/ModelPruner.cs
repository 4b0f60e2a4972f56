using System.Text.Json.Nodes;

namespace CentralOps.Models;

/// <summary>
/// Cuts an API description down to some operations and the shapes that they reach. Keeps what touches the wire, with enums and
/// required members; drops prose, examples, patterns and bounds, and whatever this list does not name.
/// </summary>
public static class ModelPruner
{
    private static readonly string[] MetadataKeys =
    [
        "apiVersion", "awsQueryCompatible", "endpointPrefix", "globalEndpoint", "jsonVersion", "protocol", "protocols",
        "serviceFullName", "serviceId", "signatureVersion", "signingName", "targetPrefix", "uid", "xmlNamespace",
    ];

    private static readonly string[] OperationKeys = ["name", "http", "input", "output", "errors", "endpoint", "authtype", "auth", "unsignedPayload", "requestcompression", "httpChecksum", "httpChecksumRequired"];

    private static readonly string[] ShapeKeys =
    [
        "type", "required", "members", "member", "key", "value", "payload", "enum", "flattened", "sensitive", "streaming", "union", "sparse",
        "document", "timestampFormat", "locationName", "xmlNamespace", "wrapper", "eventstream", "event", "exception", "fault", "error",
    ];

    private static readonly string[] ReferenceKeys =
    [
        "shape", "location", "locationName", "queryName", "flattened", "streaming", "sensitive", "idempotencyToken", "hostLabel", "jsonvalue",
        "timestampFormat", "xmlAttribute", "xmlNamespace", "eventpayload", "eventheader", "resultWrapper", "wrapper",
    ];

    private static readonly string[] PaginationKeys = ["input_token", "output_token", "limit_key", "result_key", "more_results"];

    public static JsonObject Prune(JsonObject model, JsonObject? paginators, IReadOnlyList<string> operations, JsonObject source)
    {
        var shapes = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var kept = new JsonObject();
        foreach (var name in operations.Order(StringComparer.Ordinal))
        {
            var operation = model["operations"]?[name] as JsonObject
                ?? throw new FormatException($"The description has no operation '{name}'.");
            kept.Add(name, Operation(operation, paginators?[name] as JsonObject, model, shapes));
        }

        var metadata = Keep((JsonObject)model["metadata"]!, MetadataKeys);
        metadata.Add("source", source.DeepClone());
        var pruned = new JsonObject { ["metadata"] = metadata, ["operations"] = kept, ["shapes"] = new JsonObject() };
        foreach (var (name, shape) in shapes)
        {
            pruned["shapes"]!.AsObject().Add(name, shape);
        }

        return pruned;
    }

    private static JsonObject Operation(JsonObject operation, JsonObject? pagination, JsonObject model, SortedDictionary<string, JsonObject> shapes)
    {
        var kept = Keep(operation, OperationKeys);
        foreach (var key in (string[])["input", "output"])
        {
            if (kept[key] is JsonObject reference)
            {
                kept[key] = Reference(reference, model, shapes);
            }
        }

        if (kept["errors"] is JsonArray errors)
        {
            kept["errors"] = new JsonArray([.. errors.Select(error => Reference((JsonObject)error!, model, shapes))]);
        }

        if (pagination is not null)
        {
            kept.Add("pagination", Keep(pagination, PaginationKeys));
        }

        return kept;
    }

    private static JsonObject Reference(JsonObject reference, JsonObject model, SortedDictionary<string, JsonObject> shapes)
    {
        var kept = Keep(reference, ReferenceKeys);
        var name = (string)kept["shape"]!;
        if (!shapes.ContainsKey(name))
        {
            // The place is taken before the members are followed: shapes may lead back to themselves.
            var shape = Keep((JsonObject)model["shapes"]![name]!, ShapeKeys);
            shapes.Add(name, shape);
            Follow(shape, model, shapes);
        }

        return kept;
    }

    private static void Follow(JsonObject shape, JsonObject model, SortedDictionary<string, JsonObject> shapes)
    {
        if (shape["members"] is JsonObject members)
        {
            var kept = new JsonObject();
            foreach (var (name, member) in members)
            {
                kept.Add(name, Reference((JsonObject)member!, model, shapes));
            }

            shape["members"] = kept;
        }

        foreach (var key in (string[])["member", "key", "value"])
        {
            if (shape[key] is JsonObject reference)
            {
                shape[key] = Reference(reference, model, shapes);
            }
        }
    }

    private static JsonObject Keep(JsonObject from, string[] keys)
    {
        var kept = new JsonObject();
        foreach (var key in keys)
        {
            if (from[key] is { } value)
            {
                kept.Add(key, value.DeepClone());
            }
        }

        return kept;
    }
}
