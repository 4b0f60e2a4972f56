using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>
/// Reads a service from a Smithy 2.0 JSON AST by putting it into the words of AWS's API descriptions, which is how AWS makes those: one model and one
/// reader behind both, so that what is proved of one form holds for the other. Reads the service's closure at once.
/// </summary>
internal static class SmithyReader
{
    /// <summary>Far above any service; a hostile model must not spread without end.</summary>
    private const int MaxOperations = 20_000;

    public static ServiceModel Read(ReadOnlySpan<byte> json, string? service, string? name)
    {
        var ast = SmithyAst.Parse(json);
        var id = service ?? OnlyService(ast);
        var shape = ast.Shape(id, "The caller");
        if (AstNode.TryText(shape["type"]) is not "service")
        {
            throw new FormatException($"{id} is no service.");
        }

        var description = Translate(ast, id, shape);
        using var bytes = new MemoryStream(json.Length / 2);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            description.WriteTo(writer);
        }

        return ServiceModel.Read(bytes.ToArray(), name);
    }

    private static JsonObject Translate(SmithyAst ast, string id, JsonObject service)
    {
        var traits = Traits.Of(service, id);
        var protocols = SmithyProtocols.Of(traits, id);
        var shapes = new ShapeTranslator(ast, protocols, Renames(service, id));
        var translator = new OperationTranslator(ast, protocols, shapes, service, id);
        var operations = new JsonObject();
        foreach (var operation in OperationClosure.Of(ast, id, service))
        {
            var name = shapes.NameOf(operation);
            if (!operations.TryAdd(name, translator.Translate(operation)) || operations.Count > MaxOperations)
            {
                throw new FormatException($"{id} has two operations '{name}', or more than {MaxOperations}.");
            }
        }

        shapes.TranslateReached();
        return new JsonObject { ["metadata"] = Metadata(service, traits, protocols, id), ["operations"] = operations, ["shapes"] = shapes.Translated };
    }

    private static JsonObject Metadata(JsonObject service, Traits traits, SmithyProtocols protocols, string id)
    {
        var name = ShapeId.NameOf(id);
        var aws = traits.Fields("aws.api#service");
        var prefix = AstNode.TryText(aws?["endpointPrefix"]) ?? AstNode.TryText(aws?["arnNamespace"]) ?? name.ToLowerInvariant();
        var metadata = new JsonObject
        {
            ["apiVersion"] = AstNode.TryText(service["version"]) ?? "",
            ["endpointPrefix"] = prefix,
            ["serviceId"] = AstNode.TryText(aws?["sdkId"]) ?? name,
            ["signingName"] = AstNode.TryText(traits.Fields("aws.auth#sigv4")?["name"]) ?? AstNode.TryText(aws?["arnNamespace"]) ?? prefix,
        };
        protocols.Write(metadata);
        if (protocols.HasTargets)
        {
            metadata["targetPrefix"] = name;
        }

        if (traits.Fields("xmlNamespace") is { } space)
        {
            metadata["xmlNamespace"] = space.DeepClone();
        }

        if (traits.Has("aws.protocols#awsQueryCompatible"))
        {
            metadata["awsQueryCompatible"] = new JsonObject();
        }

        return metadata;
    }

    // Names of shapes that would be the same in two namespaces.
    private static Dictionary<string, string> Renames(JsonObject service, string id)
    {
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (shape, name) in service["rename"] is { } given ? AstNode.Object(given, id + "'s rename") : [])
        {
            renames.Add(shape, AstNode.Text(name, $"{id}'s rename of {shape}"));
        }

        return renames;
    }

    private static string OnlyService(SmithyAst ast) => ast.Services.ToArray() switch
    {
        [var one] => one,
        [] => throw new FormatException("The Smithy model has no service."),
        var several => throw new FormatException($"The Smithy model has several services, of which one has to be named: {string.Join(", ", several)}."),
    };
}
