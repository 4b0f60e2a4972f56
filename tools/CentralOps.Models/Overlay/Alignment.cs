using System.Text.Json.Nodes;

namespace CentralOps.Models.Overlay;

/// <summary>Brings a minified description to what a current one says, wherever both have the operation and the member.</summary>
internal sealed class Alignment(JsonObject minified, JsonObject current, InlineWriter inline)
{
    private readonly HashSet<(JsonObject, JsonObject)> _walked = [];

    public void Align()
    {
        Set((JsonObject)minified["metadata"]!, (JsonObject)current["metadata"]!, WireKeys.Metadata);
        foreach (var (name, operation) in (JsonObject)minified["operations"]!)
        {
            if (current["operations"]![name] is JsonObject other)
            {
                Operation((JsonObject)operation!, other);
            }
        }
    }

    private void Operation(JsonObject ours, JsonObject other)
    {
        Set(ours, other, WireKeys.Operation);
        var http = ours["http"] as JsonObject ?? [];
        var before = http.ToJsonString();
        Set(http, Defaulted((JsonObject)other["http"]!, http), WireKeys.Http);
        if (http.ToJsonString() != before)
        {
            ours["http"] = http.Parent is null ? http : http.DeepClone();
        }

        foreach (var key in (string[])["input", "output"])
        {
            if (other[key] is not JsonObject theirs)
            {
                continue;
            }

            if (ours[key] is JsonObject mine)
            {
                Reference(mine, theirs);
            }
            else if (DescriptionText.Target(current, theirs)["members"] is JsonObject { Count: > 0 })
            {
                ours[key] = inline.Write(theirs);
            }
        }
    }

    private void Reference(JsonObject ours, JsonObject theirs)
    {
        var (shape, other) = (DescriptionText.Target(minified, ours), DescriptionText.Target(current, theirs));
        var inPlace = ReferenceEquals(shape, ours);
        if (DescriptionText.TypeOf(shape) != DescriptionText.TypeOf(other))
        {
            foreach (var key in ours.Select(pair => pair.Key).ToList())
            {
                ours.Remove(key);
            }

            DescriptionText.Copy(inline.Write(theirs), ours, ["type", "members", "required", "member", "key", "value", "sensitive", .. WireKeys.Reference, .. WireKeys.Shape]);
            return;
        }

        Set(ours, theirs, WireKeys.Reference);
        // A name in place may be the shape's own.
        Remove(ours, theirs, inPlace ? [.. WireKeys.Reference.Except(["locationName"])] : WireKeys.Reference);
        if (!_walked.Add((shape, other)))
        {
            return;
        }

        var effective = (JsonObject)other.DeepClone();
        DescriptionText.Copy(theirs, effective, inPlace ? WireKeys.Shape : []);
        Set(shape, effective, WireKeys.Shape);
        if (other["sensitive"] is not null)
        {
            shape["sensitive"] = true;
        }

        Children(shape, other);
    }

    private void Children(JsonObject shape, JsonObject other)
    {
        foreach (var (name, member) in shape["members"] as JsonObject ?? [])
        {
            if (other["members"]?[name] is JsonObject theirs)
            {
                Reference((JsonObject)member!, theirs);
            }
        }

        foreach (var key in WireKeys.Children)
        {
            if (shape[key] is JsonObject mine && other[key] is JsonObject theirs)
            {
                Reference(mine, theirs);
            }
        }

        Required(shape, other);
    }

    // What is no longer asked for must not be refused, and the other way round.
    private static void Required(JsonObject shape, JsonObject other)
    {
        if (shape["members"] is not JsonObject members)
        {
            return;
        }

        var wanted = (other["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(members.ContainsKey).ToList();
        var now = (shape["required"]?.AsArray() ?? []).Select(name => (string)name!);
        if (!wanted.Order(StringComparer.Ordinal).SequenceEqual(now.Order(StringComparer.Ordinal)))
        {
            shape["required"] = new JsonArray([.. wanted.Select(name => JsonValue.Create(name))]);
        }
    }

    private static JsonObject Defaulted(JsonObject http, JsonObject ours)
    {
        var given = new JsonObject();
        foreach (var (key, value) in http)
        {
            var isDefault = (key, value!.ToString()) is ("method", "POST") or ("requestUri", "/") or ("responseCode", "200");
            if (!isDefault || ours.ContainsKey(key))
            {
                given[key] = value.DeepClone();
            }
        }

        return given;
    }

    private static void Set(JsonObject ours, JsonObject theirs, string[] keys)
    {
        foreach (var key in keys)
        {
            if (theirs[key] is { } value && !JsonNode.DeepEquals(ours[key], value))
            {
                ours[key] = value.DeepClone();
            }
        }
    }

    private static void Remove(JsonObject ours, JsonObject theirs, string[] keys)
    {
        foreach (var key in keys.Where(key => theirs[key] is null))
        {
            ours.Remove(key);
        }
    }
}
