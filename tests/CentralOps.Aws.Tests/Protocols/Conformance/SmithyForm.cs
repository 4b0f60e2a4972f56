using System.Text.Json.Nodes;

namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>
/// A description put into a Smithy AST as AWS would write it, and made harder to read than it has to be: structures have their members from mixins and
/// their members' traits by <c>apply</c>, operations belong to a resource.
/// </summary>
internal sealed class SmithyForm(JsonObject description)
{
    private const string Namespace = "aws.protocoltests#";

    private readonly JsonObject _shapes = [];
    private readonly string _protocol = (string)description["metadata"]!["protocol"]!;

    private bool IsXml => _protocol is "query" or "ec2" or "rest-xml";

    public JsonObject Write()
    {
        var metadata = description["metadata"]!.AsObject();
        foreach (var (name, shape) in description["shapes"]!.AsObject())
        {
            Shape(name, shape!.AsObject());
        }

        var operations = description["operations"]!.AsObject();
        foreach (var (name, operation) in operations)
        {
            _shapes[Namespace + name] = Operation(operation!.AsObject());
        }

        _shapes[Namespace + "Everything"] = new JsonObject
        {
            ["type"] = "resource",
            ["operations"] = new JsonArray([.. operations.Select(operation => Target(operation.Key))]),
        };
        _shapes[Namespace + ((string?)metadata["targetPrefix"] ?? "ProtocolTests")] = Service(metadata);
        return new JsonObject { ["smithy"] = "2.0", ["shapes"] = _shapes };
    }

    private JsonObject Service(JsonObject metadata)
    {
        var protocol = _protocol switch
        {
            "query" => "aws.protocols#awsQuery",
            "ec2" => "aws.protocols#ec2Query",
            "json" => "aws.protocols#awsJson" + ((string)metadata["jsonVersion"]! == "1.0" ? "1_0" : "1_1"),
            "rest-json" => "aws.protocols#restJson1",
            "rest-xml" => "aws.protocols#restXml",
            _ => "smithy.protocols#rpcv2Cbor",
        };
        var traits = new JsonObject { [protocol] = new JsonObject() };
        if (metadata["awsQueryCompatible"] is { } compatible)
        {
            traits["aws.protocols#awsQueryCompatible"] = compatible.DeepClone();
        }

        return new JsonObject
        {
            ["type"] = "service",
            ["version"] = metadata["apiVersion"]?.DeepClone(),
            ["resources"] = new JsonArray(Target("Everything")),
            ["traits"] = traits,
        };
    }

    private JsonObject Operation(JsonObject operation)
    {
        var http = operation["http"]!;
        var traits = new JsonObject
        {
            ["smithy.api#http"] = new JsonObject { ["method"] = http["method"]!.DeepClone(), ["uri"] = http["requestUri"]!.DeepClone(), ["code"] = http["responseCode"]?.DeepClone() ?? 200 },
        };
        Copy(operation, "endpoint", traits, "endpoint");
        Copy(operation, "requestcompression", traits, "requestCompression");
        if (operation["httpChecksumRequired"] is not null)
        {
            traits["smithy.api#httpChecksumRequired"] = new JsonObject();
        }

        return new JsonObject
        {
            ["type"] = "operation",
            ["input"] = operation["input"] is { } input ? Target(InputName(input)) : null,
            ["output"] = Target(operation["output"] is { } output ? (string)output["shape"]! : "smithy.api#Unit"),
            ["errors"] = new JsonArray([.. (operation["errors"]?.AsArray() ?? []).Select(error => Target((string)error!["shape"]!))]),
            ["traits"] = traits,
        };
    }

    // In Smithy an XML root has its shape's name, so the input is one of that name.
    private string InputName(JsonNode input)
    {
        var shape = (string)input["shape"]!;
        if ((string?)input["locationName"] is not { } name || _shapes.ContainsKey(Namespace + name))
        {
            return shape;
        }

        Shape(name, description["shapes"]![shape]!.AsObject());
        return name;
    }

    private void Shape(string name, JsonObject shape)
    {
        var type = (string)shape["type"]!;
        var traits = new JsonObject();
        Copy(shape, "locationName", traits, "xmlName");
        Shared(shape, traits);
        var written = new JsonObject { ["type"] = TypeOf(shape), ["traits"] = traits };
        _shapes[Namespace + name] = written;
        switch (type)
        {
            case "structure" when shape["document"] is null:
                Error(name, shape, traits);
                Members(name, shape, written);
                break;
            case "list" or "map":
                foreach (var part in new[] { "member", "key", "value" }.Where(shape.ContainsKey))
                {
                    written[part] = new JsonObject { ["target"] = Id((string)shape[part]!["shape"]!), ["traits"] = MemberTraits(part, shape[part]!.AsObject()) };
                }

                break;
            case "string" when shape["enum"] is JsonArray choices:
                written["members"] = new JsonObject(choices.Select((choice, i) => KeyValuePair.Create<string, JsonNode?>(
                    $"CHOICE_{i}", new JsonObject { ["target"] = "smithy.api#Unit", ["traits"] = new JsonObject { ["smithy.api#enumValue"] = choice!.DeepClone() } })));
                break;
        }
    }

    private static string TypeOf(JsonObject shape) => (string)shape["type"]! switch
    {
        "structure" when shape["document"] is not null => "document",
        "structure" when shape["union"] is not null => "union",
        "string" when shape["enum"] is not null => "enum",
        var type => type,
    };

    private void Members(string name, JsonObject shape, JsonObject written)
    {
        var members = new JsonObject();
        var required = (shape["required"]?.AsArray() ?? []).Select(one => (string)one!).ToArray();
        foreach (var (member, reference) in shape["members"]!.AsObject())
        {
            members[member] = new JsonObject { ["target"] = Id((string)reference!["shape"]!) };
            var traits = MemberTraits(member, reference.AsObject());
            if (required.Contains(member))
            {
                traits["smithy.api#required"] = new JsonObject();
            }

            if ((string?)shape["payload"] == member)
            {
                traits["smithy.api#httpPayload"] = new JsonObject();
            }

            _shapes[$"{Namespace}{name}${member}"] = new JsonObject { ["type"] = "apply", ["traits"] = traits };
        }

        var mixin = $"{name}Mixin";
        _shapes[Namespace + mixin] = new JsonObject { ["type"] = written["type"]!.DeepClone(), ["members"] = members, ["traits"] = new JsonObject { ["smithy.api#mixin"] = new JsonObject() } };
        written["members"] = new JsonObject();
        written["mixins"] = new JsonArray(Target(mixin));
    }

    private JsonObject MemberTraits(string name, JsonObject reference)
    {
        var traits = new JsonObject();
        var located = (string?)reference["locationName"];
        switch ((string?)reference["location"])
        {
            case "uri":
                traits["smithy.api#httpLabel"] = new JsonObject();
                located.ShouldBe(name);
                break;
            case "header":
                traits["smithy.api#httpHeader"] = located;
                break;
            case "headers":
                traits["smithy.api#httpPrefixHeaders"] = located ?? "";
                break;
            case "querystring":
                traits["smithy.api#" + (located is null ? "httpQueryParams" : "httpQuery")] = located is null ? new JsonObject() : located;
                break;
            case "statusCode":
                traits["smithy.api#httpResponseCode"] = new JsonObject();
                break;
            default:
                Copy(reference, "locationName", traits, IsXml ? "xmlName" : "jsonName");
                break;
        }

        foreach (var (word, trait) in new[] { ("flattened", "xmlFlattened"), ("xmlAttribute", "xmlAttribute"), ("hostLabel", "hostLabel"), ("idempotencyToken", "idempotencyToken") })
        {
            if (reference[word] is not null)
            {
                traits["smithy.api#" + trait] = new JsonObject();
            }
        }

        if (reference["jsonvalue"] is not null)
        {
            traits["smithy.api#mediaType"] = "application/json";
        }

        Shared(reference, traits);
        return traits;
    }

    private static void Shared(JsonObject from, JsonObject traits)
    {
        if ((string?)from["timestampFormat"] is { } format)
        {
            traits["smithy.api#timestampFormat"] = format switch { "iso8601" => "date-time", "rfc822" => "http-date", _ => "epoch-seconds" };
        }

        if (from["xmlNamespace"] is { } space)
        {
            traits["smithy.api#xmlNamespace"] = space is JsonObject ? space.DeepClone() : new JsonObject { ["uri"] = space.DeepClone() };
        }
    }

    private static void Error(string name, JsonObject shape, JsonObject traits)
    {
        if (shape["exception"] is null)
        {
            return;
        }

        traits["smithy.api#error"] = shape["fault"] is null ? "client" : "server";
        if (shape["error"]?["httpStatusCode"] is { } status)
        {
            traits["smithy.api#httpError"] = status.DeepClone();
        }

        if (shape["error"]?["code"] is { } code)
        {
            traits["aws.protocols#awsQueryError"] = new JsonObject { ["code"] = code.DeepClone(), ["httpResponseCode"] = shape["error"]!["httpStatusCode"]!.DeepClone() };
        }
    }

    private static void Copy(JsonObject from, string word, JsonObject traits, string trait)
    {
        if (from[word] is { } value)
        {
            traits["smithy.api#" + trait] = value.DeepClone();
        }
    }

    private static JsonObject Target(string name) => new() { ["target"] = Id(name) };

    private static string Id(string name) => name.Contains('#', StringComparison.Ordinal) ? name : Namespace + name;
}
