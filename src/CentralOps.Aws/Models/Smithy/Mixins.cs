using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>
/// Takes a shape's mixins in: their members come first, in order, then its own; what the shape says itself wins. Lists of a service, resource or
/// operation are joined. https://smithy.io/2.0/spec/mixins.html
/// </summary>
internal sealed class Mixins(SmithyAst ast)
{
    public const string Mixin = "smithy.api#mixin";

    /// <summary>No model comes near it; a hostile one must not exhaust the stack.</summary>
    private const int MaxDepth = 32;

    private readonly List<string> _open = [];

    public JsonObject Resolve(string id, JsonObject raw)
    {
        var resolved = new JsonObject();
        _open.Add(id);
        foreach (var mixin in AstNode.Targets(raw, "mixins", id))
        {
            if (_open.Contains(mixin))
            {
                throw new FormatException($"The mixins of {mixin} lead back to it: {string.Join(" -> ", _open)} -> {mixin}.");
            }

            if (_open.Count > MaxDepth)
            {
                throw new FormatException($"The mixins of {_open[0]} are nested deeper than {MaxDepth}.");
            }

            TakeIn(resolved, ast.Shape(mixin, id), mixin);
        }

        _open.RemoveAt(_open.Count - 1);
        Merge(resolved, raw, id);
        resolved.Remove("mixins");
        return resolved;
    }

    /// <summary>Traits on top of those that are there; lists and objects are replaced as a whole.</summary>
    public static void AddTraits(JsonObject owner, JsonObject traits)
    {
        if (owner["traits"] is not JsonObject existing)
        {
            owner["traits"] = existing = [];
        }

        foreach (var (name, value) in traits)
        {
            existing[name] = value?.DeepClone();
        }
    }

    private static void TakeIn(JsonObject into, JsonObject mixin, string id)
    {
        var traits = Traits.Of(mixin, id);
        if (!traits.Has(Mixin))
        {
            throw new FormatException($"{id} is taken in as a mixin, and has no trait 'mixin'.");
        }

        var copy = (JsonObject)mixin.DeepClone();
        var own = copy["traits"]!.AsObject();
        foreach (var local in (AstNode.Field(traits.Find(Mixin), "localTraits") as JsonArray)?.Select(AstNode.TryText) ?? [])
        {
            own.Remove(local ?? "");
        }

        own.Remove(Mixin);
        Merge(into, copy, id);
    }

    private static void Merge(JsonObject into, JsonObject from, string id)
    {
        foreach (var (key, value) in from)
        {
            switch (key)
            {
                case "traits":
                    AddTraits(into, AstNode.Object(value, id + "'s traits"));
                    break;
                case "members":
                    MergeMembers(into, AstNode.Object(value, id + "'s members"), id);
                    break;
                case "operations" or "resources" or "errors" or "collectionOperations":
                    Join(into, key, AstNode.Array(value, $"{id}'s {key}"));
                    break;
                default:
                    into[key] = value?.DeepClone();
                    break;
            }
        }
    }

    private static void MergeMembers(JsonObject into, JsonObject members, string id)
    {
        if (into["members"] is not JsonObject existing)
        {
            into["members"] = existing = [];
        }

        foreach (var (name, member) in members)
        {
            var given = AstNode.Object(member, $"{id}${name}");
            if (existing[name] is not JsonObject inherited)
            {
                existing[name] = given.DeepClone();
                continue;
            }

            inherited["target"] = given["target"]?.DeepClone();
            AddTraits(inherited, given["traits"] as JsonObject ?? []);
        }
    }

    private static void Join(JsonObject into, string key, JsonArray more)
    {
        if (into[key] is not JsonArray existing)
        {
            into[key] = existing = [];
        }

        foreach (var one in more.Where(one => !existing.Any(other => JsonNode.DeepEquals(one, other))))
        {
            existing.Add(one?.DeepClone());
        }
    }
}
