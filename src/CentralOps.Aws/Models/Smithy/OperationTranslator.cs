using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>Puts operations into the words of AWS's API descriptions.</summary>
internal sealed class OperationTranslator(SmithyAst ast, SmithyProtocols protocols, ShapeTranslator shapes, JsonObject service, string serviceId)
{
    private readonly Traits _service = Traits.Of(service, serviceId);

    public JsonObject Translate(string id)
    {
        var operation = OperationClosure.Typed(ast.Shape(id, serviceId), "operation", id);
        var traits = Traits.Of(operation, id);
        var translated = new JsonObject { ["name"] = shapes.NameOf(id), ["http"] = Http(traits) };
        if (Root(operation, "input", id) is { } input)
        {
            translated["input"] = InputOf(input, id);
        }

        if (Root(operation, "output", id) is { } output)
        {
            translated["output"] = OutputOf(output, id);
        }

        var errors = AstNode.Targets(operation, "errors", id).Concat(AstNode.Targets(service, "errors", serviceId)).Distinct(StringComparer.Ordinal);
        translated["errors"] = new JsonArray([.. errors.Select(error => new JsonObject { ["shape"] = shapes.Reach(error, id) })]);
        Endpoint(translated, traits);
        Checksum(translated, traits);
        Authentication(translated, traits);
        Pages(translated, traits);
        if (traits.Has("deprecated"))
        {
            translated["deprecated"] = true;
        }

        return translated;
    }

    private JsonObject Http(Traits traits) => protocols.IsRest && traits.Fields("http") is { } http
        ? new JsonObject
        {
            ["method"] = http["method"]?.DeepClone() ?? "POST",
            ["requestUri"] = http["uri"]?.DeepClone() ?? "/",
            ["responseCode"] = http["code"]?.DeepClone() ?? 200,
        }
        : new JsonObject { ["method"] = "POST", ["requestUri"] = "/" };

    // An operation says Unit, or nothing, where it has no input or output.
    private static string? Root(JsonObject operation, string key, string id) =>
        operation[key] is { } reference && AstNode.Target(reference, $"{id}'s {key}") is var target and not Prelude.Unit ? target : null;

    private JsonObject InputOf(string target, string from)
    {
        var input = new JsonObject { ["shape"] = shapes.Reach(target, from) };
        if (protocols.IsRestXml)
        {
            input["locationName"] = shapes.NameOf(target);
        }

        return input;
    }

    private JsonObject OutputOf(string target, string from)
    {
        var output = new JsonObject { ["shape"] = shapes.Reach(target, from) };
        if (protocols.IsQuery)
        {
            output["resultWrapper"] = shapes.NameOf(from) + "Result";
        }

        return output;
    }

    private static void Endpoint(JsonObject translated, Traits traits)
    {
        if (traits.Fields("endpoint")?["hostPrefix"] is { } prefix)
        {
            translated["endpoint"] = new JsonObject { ["hostPrefix"] = prefix.DeepClone() };
        }
    }

    private static void Checksum(JsonObject translated, Traits traits)
    {
        if (traits.Fields("aws.protocols#httpChecksum") is { } checksum)
        {
            translated["httpChecksum"] = checksum.DeepClone();
        }

        if (traits.Has("httpChecksumRequired"))
        {
            translated["httpChecksumRequired"] = true;
        }

        if (traits.Fields("requestCompression") is { } compression)
        {
            translated["requestcompression"] = compression.DeepClone();
        }

        if (traits.Has("aws.auth#unsignedPayload"))
        {
            translated["unsignedPayload"] = true;
        }
    }

    // The operation's own list counts, or else the service's; an empty one means nobody is asked who he is.
    private void Authentication(JsonObject translated, Traits traits)
    {
        var given = traits.Find("auth") ?? _service.Find("auth");
        var schemes = (given as JsonArray ?? []).Select(scheme => scheme?.DeepClone()).ToList();
        if (given is JsonArray { Count: 0 })
        {
            schemes.Add("smithy.api#noAuth");
        }
        else if (traits.Has("optionalAuth"))
        {
            schemes.Add(schemes.Count == 0 ? "aws.auth#sigv4" : null);
            schemes.Add("smithy.api#noAuth");
        }

        if (schemes.Count > 0)
        {
            translated["auth"] = new JsonArray([.. schemes.Where(scheme => scheme is not null)]);
        }
    }

    // What the operation leaves out the service says for all.
    private void Pages(JsonObject translated, Traits traits)
    {
        if (traits.Fields("paginated") is not { } own)
        {
            return;
        }

        var common = _service.Fields("paginated");
        var pagination = new JsonObject();
        foreach (var (key, word) in new[] { ("inputToken", "input_token"), ("outputToken", "output_token"), ("items", "result_key"), ("pageSize", "limit_key") })
        {
            if ((own[key] ?? common?[key]) is { } value)
            {
                pagination[word] = value.DeepClone();
            }
        }

        translated["pagination"] = pagination;
    }
}
