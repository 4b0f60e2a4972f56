using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Schemas;

/// <summary>Schemas of answers: our envelope around what AWS's model says of the things in it.</summary>
internal static class AnswerSchema
{
    public static JsonObject Text(string? description = null) => Of("string", description);

    public static JsonObject OptionalText(string? description = null) => Nullable(Text(description));

    public static JsonObject Integer(string? description = null) => Of("integer", description);

    public static JsonObject Flag(string? description = null) => Of("boolean", description);

    public static JsonObject List(JsonObject items, string? description = null)
    {
        var list = Of("array", description);
        list["items"] = items;
        return list;
    }

    public static JsonObject Map(JsonObject values, string? description = null)
    {
        var map = Of("object", description);
        map["additionalProperties"] = values;
        return map;
    }

    /// <summary>An object of which a caller may choose some properties: the argument <c>fields</c>.</summary>
    public static JsonObject Choosable(JsonObject schema)
    {
        schema.Remove("required");
        return schema;
    }

    public static JsonObject Nullable(JsonObject schema)
    {
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        return schema;
    }

    /// <summary>An object all of whose properties are always there.</summary>
    public static JsonObject Object(params IReadOnlyList<(string Name, JsonObject Schema)> properties)
    {
        var schema = new JsonObject { ["type"] = "object" };
        var all = new JsonObject();
        var names = new JsonArray();
        foreach (var (name, property) in properties)
        {
            all[name] = property;
            names.Add((JsonNode)name);
        }

        schema["properties"] = all;
        schema["required"] = names;
        return schema;
    }

    /// <summary>Where an answer comes from.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> Place() =>
    [
        ("account_id", Text("The account that answered.")),
        ("region", Text("The region that answered; aws-global where all regions are asked as one.")),
    ];

    /// <summary>Where an answer ends.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> Rest() =>
    [
        ("truncated", Flag("Whether there is more than is answered here.")),
        ("next_token", OptionalText("Where to go on, when truncated.")),
    ];

    /// <summary>What is missing of an answer. Answers about many accounts have the same.</summary>
    public static (string Name, JsonObject Schema) Failures() => ("failures", List(
        Object(
        [
            ("account_id", OptionalText()),
            ("region", OptionalText()),
            ("part", OptionalText("What is missing: a field or a resource; null for all that next_token goes on with.")),
            .. RefusalMembers(),
        ]),
        "What could not be read, beside the rest that was."));

    /// <summary>An answer or a refusal, which tells account and region where the arguments were good enough to know them.</summary>
    /// <param name="others">Further forms of the answer; nulls are left out.</param>
    public static JsonElement OrRefusal(JsonObject answer, bool hasPlace, params IReadOnlyList<JsonObject?> others)
    {
        var refusal = Object([.. hasPlace ? Place() : [], ("error", Object([.. RefusalMembers()]))]);
        refusal["required"] = new JsonArray("error");
        if (hasPlace)
        {
            AddStanding(answer["properties"]!.AsObject());
        }

        return Freeze(new JsonObject { ["type"] = "object", ["anyOf"] = new JsonArray([answer, refusal, .. others.Where(static other => other is not null)]) });
    }

    /// <summary>What is there only where there is something to say: these are never required.</summary>
    public static void AddStanding(JsonObject properties)
    {
        properties["confinement"] = Text("permission_set or profile where AWS holds the session to an Identity Center permission set or to a profile of the person, and not to the tool's own actions.");
        properties["not_in_cloudtrail"] = List(Text(), "What CloudTrail will not show of who asked: source_identity, session_tags.");
    }

    public static JsonElement Freeze(JsonObject schema)
    {
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static IEnumerable<(string Name, JsonObject Schema)> RefusalMembers() =>
    [
        ("stage", Text("Where the call was refused, such as arguments, unknown_account or assume_role.")),
        ("code", Text("AWS's error code, or CentralOps' own.")),
        ("message", Text("What happened.")),
        ("remedy", Text("What to do about it.")),
    ];

    private static JsonObject Of(string type, string? description)
    {
        var schema = new JsonObject();
        if (description is not null)
        {
            schema["description"] = description;
        }

        schema["type"] = type;
        return schema;
    }
}
