using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>Puts shapes into the words of AWS's API descriptions: every one that is reached, once.</summary>
internal sealed class ShapeTranslator(SmithyAst ast, SmithyProtocols protocols, Dictionary<string, string> renames)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, string Name, JsonObject Shape)> _open = [];
    private readonly MemberTranslator _members = new(protocols);

    public JsonObject Translated { get; } = [];

    public string NameOf(string id) => renames.GetValueOrDefault(id) ?? ShapeId.NameOf(id);

    /// <summary>The name under which the shape is going to stand in the description.</summary>
    /// <param name="from">Who refers to it.</param>
    public string Reach(string id, string from)
    {
        if (_names.TryGetValue(id, out var name))
        {
            return name;
        }

        var shape = ast.Shape(id, from);
        // Two namespaces may have simple shapes of one name.
        name = _taken.Add(NameOf(id)) ? NameOf(id) : id;
        _names.Add(id, name);
        _open.Enqueue((id, name, shape));
        return name;
    }

    /// <summary>A queue, not recursion: shapes lead back to themselves, and a hostile model is as deep as it likes.</summary>
    public void TranslateReached()
    {
        while (_open.TryDequeue(out var next))
        {
            Translated[next.Name] = Translate(next.Id, next.Shape);
        }
    }

    private JsonObject Translate(string id, JsonObject shape)
    {
        var traits = Traits.Of(shape, id);
        var type = AstNode.Text(shape["type"], id + "'s type");
        var translated = new JsonObject { ["type"] = Word(type, id) };
        switch (type)
        {
            case "structure" or "union":
                Structure(translated, shape, traits, id);
                break;
            case "list" or "set":
                translated["member"] = Part(shape, "member", id);
                break;
            case "map":
                translated["key"] = Part(shape, "key", id);
                translated["value"] = Part(shape, "value", id);
                break;
            case "document":
                translated["document"] = true;
                break;
            case "enum":
                translated["enum"] = new JsonArray([.. Values(shape, id)]);
                break;
        }

        if (type is "string" && traits.Find("enum") is JsonArray choices)
        {
            translated["enum"] = new JsonArray([.. choices.Select(choice => AstNode.Field(choice, "value")?.DeepClone())]);
        }

        Common(translated, traits, type);
        return translated;
    }

    private static string Word(string type, string id) => type switch
    {
        "union" or "document" => "structure",
        "set" => "list",
        "enum" => "string",
        "intEnum" => "integer",
        "structure" or "list" or "map" or "string" or "blob" or "boolean" or "byte" or "short" or "integer" or "long" or "float" or "double"
            or "bigInteger" or "bigDecimal" or "timestamp" => type,
        _ => throw new FormatException($"{id} has the type {type}, and stands where a value does."),
    };

    private void Structure(JsonObject translated, JsonObject shape, Traits traits, string id)
    {
        var members = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, node) in shape["members"] is { } given ? AstNode.Object(given, id + "'s members") : [])
        {
            var where = $"{id}${name}";
            var member = Traits.Of(AstNode.Object(node, where), where);
            members[name] = Part(shape["members"]!.AsObject(), name, id);
            if (member.Has("required"))
            {
                required.Add((JsonNode)name);
            }

            if (member.Has("httpPayload") && protocols.IsRest)
            {
                translated["payload"] = name;
            }
        }

        translated["members"] = members;
        if (required.Count > 0)
        {
            translated["required"] = required;
        }

        if (AstNode.TryText(shape["type"]) is "union")
        {
            translated[traits.Has("streaming") ? "eventstream" : "union"] = true;
        }

        Error(translated, traits);
    }

    private JsonObject Part(JsonObject owner, string name, string id)
    {
        var where = $"{id}${name}";
        var member = AstNode.Object(owner[name], where);
        var target = AstNode.Target(member, where);
        return _members.Translate(name, Traits.Of(member, where), Traits.Of(ast.Shape(target, where), target), Reach(target, where));
    }

    private static IEnumerable<JsonNode?> Values(JsonObject shape, string id) => AstNode.Object(shape["members"] ?? new JsonObject(), id + "'s members")
        .Select(member => (JsonNode?)(Traits.Of(AstNode.Object(member.Value, $"{id}${member.Key}"), id).Text("enumValue") ?? member.Key));

    private static void Error(JsonObject translated, Traits traits)
    {
        if (traits.Text("error") is not { } fault)
        {
            return;
        }

        var query = traits.Fields("aws.protocols#awsQueryError");
        var error = new JsonObject { ["senderFault"] = fault is not "server" };
        if (query?["code"] is { } code)
        {
            error["code"] = code.DeepClone();
        }

        if ((query?["httpResponseCode"] ?? traits.Find("httpError")) is { } status)
        {
            error["httpStatusCode"] = status.DeepClone();
        }

        (translated["exception"], translated["error"]) = (true, error);
        if (fault is "server")
        {
            translated["fault"] = true;
        }
    }

    private void Common(JsonObject translated, Traits traits, string type)
    {
        if (traits.Has("sensitive"))
        {
            translated["sensitive"] = true;
        }

        if (traits.Has("sparse"))
        {
            translated["sparse"] = true;
        }

        if (type is "blob" && traits.Has("streaming"))
        {
            translated["streaming"] = true;
            translated["requiresLength"] = traits.Has("requiresLength");
        }

        if (MemberTranslator.FormatOf(traits) is { } format)
        {
            translated["timestampFormat"] = format;
        }

        if (protocols.IsXml)
        {
            // Only a structure can be a whole document, which is where a shape's own name counts.
            MemberTranslator.XmlNames(translated, traits, withName: type is "structure" or "union");
        }
    }
}
