using System.Text.Json;
using CentralOps.Text.Nearness;
using CentralOps.Text.Shaping;

namespace CentralOps.Text.JsonSchema;

internal sealed partial class Validation
{
    private bool Array(SchemaNode schema, JsonElement array, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated? own)
    {
        var length = array.GetArrayLength();
        Count(length);
        var fits = schema.ItemCount is not { } count || count.Holds(length)
            || Violated(report, place, $"has {length} elements and must have {count.Words("element", "elements")}", $"send {count.Words("element", "elements")}");
        fits &= !schema.UniqueItems || array.EnumerateArray().ToHashSet(JsonEquality.Instance).Count == length
            || Violated(report, place, "has the same element twice", "send each element once");
        if (!fits && report is null)
        {
            return false;
        }

        var (index, matching) = (0, 0);
        foreach (var item in array.EnumerateArray())
        {
            var rule = index < schema.PrefixItems.Length ? schema.PrefixItems[index] : schema.Items;
            fits &= rule is null || Check(rule, item, scope, new(place, null, index), report, seen: null);
            if (schema.Contains is not null && Check(schema.Contains, item, scope, place, report: null, seen: null))
            {
                matching++;
                own?.Add(index);
            }

            index++;
            if (!fits && report is null)
            {
                return false;
            }
        }

        own?.AddFirst(schema.Items is null ? Math.Min(length, schema.PrefixItems.Length) : length);
        var wanted = schema.ContainsCount ?? new LengthRules(1, null);
        fits &= schema.Contains is null || wanted.Holds(matching)
            || Violated(report, place, $"has {matching} elements of the kind that is asked for and must have {wanted.Words("of them", "of them")}", $"send {wanted.Words("of them", "of them")}");
        return schema.UnevaluatedItems is null ? fits : OtherItems(schema.UnevaluatedItems, array, scope, place, report, own!) && fits;
    }

    private bool OtherItems(SchemaNode rule, JsonElement array, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated own)
    {
        var (fits, index) = (true, 0);
        foreach (var item in array.EnumerateArray())
        {
            fits &= own.Has(index) || Check(rule, item, scope, new(place, null, index), report, seen: null);
            index++;
        }

        own.AddFirst(index);
        return fits;
    }

    private bool Object(SchemaNode schema, JsonElement value, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated? own)
    {
        var fits = Presence(schema, value, scope, place, report, own);
        foreach (var member in value.EnumerateObject())
        {
            if (!fits && report is null)
            {
                return false;
            }

            fits &= Member(schema, member, scope, place, report, own);
        }

        if (schema.UnevaluatedProperties is null)
        {
            return fits;
        }

        foreach (var member in value.EnumerateObject())
        {
            fits &= own!.Has(member.Name) || Other(schema.UnevaluatedProperties, schema, member, scope, place, report);
        }

        own!.AddAllNames();
        return fits;
    }

    private bool Presence(SchemaNode schema, JsonElement value, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated? own)
    {
        var fits = true;
        foreach (var name in schema.Required)
        {
            fits &= value.TryGetProperty(name, out _) || Missing(schema, name, place, report);
        }

        foreach (var (name, required) in schema.DependentRequired)
        {
            if (value.TryGetProperty(name, out _))
            {
                fits &= System.Array.TrueForAll(required, other => value.TryGetProperty(other, out _) || Missing(schema, other, place, report));
            }
        }

        foreach (var (name, dependent) in schema.DependentSchemas)
        {
            fits &= !value.TryGetProperty(name, out _) || Check(dependent, value, scope, place, report, own);
        }

        if (schema.PropertyCount is { } count && value.EnumerateObject().Count() is var members && !count.Holds(members))
        {
            fits = Violated(report, place, $"has {members} members and must have {count.Words("member", "members")}", $"send {count.Words("member", "members")}");
        }

        return fits;
    }

    private bool Member(SchemaNode schema, JsonProperty member, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated? own)
    {
        Count(1);
        var (fits, known) = (true, false);
        var at = new Place(place, member.Name, 0);
        if (schema.PropertyNames is not null)
        {
            fits = Check(schema.PropertyNames, NameOf(member), scope, at, report: null, seen: null) || Violated(report, at, "is not a name that is allowed here", "leave the member out, or name it otherwise");
        }

        if (schema.Properties is not null && schema.Properties.TryGetValue(member.Name, out var property))
        {
            known = true;
            fits &= Check(property, member.Value, scope, at, report, seen: null);
        }

        foreach (var (pattern, rule) in schema.PatternProperties)
        {
            if (Matches(pattern, member.Name))
            {
                known = true;
                fits &= Check(rule, member.Value, scope, at, report, seen: null);
            }
        }

        if (!known && schema.AdditionalProperties is not null)
        {
            known = true;
            fits &= Other(schema.AdditionalProperties, schema, member, scope, place, report);
        }

        if (known)
        {
            own?.Add(member.Name);
        }

        return fits;
    }

    // Names are checked as values are, so one has to become a value.
    private static JsonElement NameOf(JsonProperty member)
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStringValue(member.Name);
        }

        var reader = new Utf8JsonReader(json.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private bool Other(SchemaNode rule, SchemaNode schema, JsonProperty member, Scope scope, Place? place, List<SchemaViolation>? report)
    {
        var at = new Place(place, member.Name, 0);
        if (rule.Always != false)
        {
            return Check(rule, member.Value, scope, at, report, seen: null);
        }

        Count(1);
        var near = report is null ? [] : NearNames.Of(member.Name, schema.Properties?.Keys ?? Enumerable.Empty<string>(), 2);
        var repair = near.Count > 0 ? $"did you mean {string.Join(" or ", near.Select(name => ForeignText.Line(name, 64)))}? If not, leave it out" : "leave it out";
        return Violated(report, at, "is not a member that is known here", repair);
    }

    private bool Missing(SchemaNode schema, string name, Place? place, List<SchemaViolation>? report)
    {
        var property = schema.Properties?.GetValueOrDefault(name);
        var what = property is null || property.Types == JsonTypes.Any ? "" : $" as {SchemaWords.Types(property.Types)}";
        return Violated(report, new Place(place, name, 0), "is required and missing", $"add it{what}{(property is null ? "" : SchemaWords.Hint(property))}");
    }
}
