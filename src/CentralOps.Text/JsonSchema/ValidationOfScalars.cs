using System.Text.Json;

namespace CentralOps.Text.JsonSchema;

internal sealed partial class Validation
{
    private bool Scalar(SchemaNode schema, JsonElement value, Place? place, List<SchemaViolation>? report)
    {
        var fits = true;
        if (schema.Enum is { } allowed)
        {
            Count(allowed.Length);
            fits &= System.Array.Exists(allowed, one => JsonElement.DeepEquals(one, value))
                || Violated(report, place, $"is {SchemaWords.Value(value)}, which is not one of the values allowed", $"send {SchemaWords.OneOf(allowed, value)}");
        }

        if (schema.Const is { } only)
        {
            Count(1);
            fits &= JsonElement.DeepEquals(only, value) || Violated(report, place, $"is {SchemaWords.Value(value)} and must be {SchemaWords.Value(only)}", $"send {SchemaWords.Value(only)}");
        }

        if (schema.Number is { } number && value.ValueKind == JsonValueKind.Number)
        {
            fits &= Number(number, value, place, report);
        }

        return value.ValueKind == JsonValueKind.String ? Text(schema, value, place, report) && fits : fits;
    }

    private bool Number(NumberRules rules, JsonElement value, Place? place, List<SchemaViolation>? report)
    {
        var fits = true;
        fits &= rules.Minimum is not { } minimum || JsonNumbers.Compare(value, minimum) >= 0 || Bound("at least", minimum);
        fits &= rules.ExclusiveMinimum is not { } above || JsonNumbers.Compare(value, above) > 0 || Bound("greater than", above);
        fits &= rules.Maximum is not { } maximum || JsonNumbers.Compare(value, maximum) <= 0 || Bound("at most", maximum);
        fits &= rules.ExclusiveMaximum is not { } below || JsonNumbers.Compare(value, below) < 0 || Bound("less than", below);
        fits &= rules.MultipleOf is not { } step || JsonNumbers.IsMultiple(value, step) || Bound("a multiple of", step);
        return fits;

        bool Bound(string must, JsonElement bound) =>
            Violated(report, place, $"is {SchemaWords.Value(value)} and must be {must} {SchemaWords.Value(bound)}", $"send a number that is {must} {SchemaWords.Value(bound)}");
    }

    private bool Text(SchemaNode schema, JsonElement value, Place? place, List<SchemaViolation>? report)
    {
        if (schema.TextLength is null && schema.Pattern is null)
        {
            return true;
        }

        var text = value.GetString()!;
        var fits = true;
        if (schema.TextLength is { } length && text.EnumerateRunes().Count() is var count && !length.Holds(count))
        {
            var words = length.Words("character", "characters");
            fits = Violated(report, place, $"has {count} characters and must have {words}", $"send {words}");
        }

        if (schema.Pattern is { } pattern && !Matches(pattern, text))
        {
            fits = Violated(
                report, place, $"does not match the pattern {Shaping.ForeignText.Line(schema.PatternText, 120)}", $"send a string that does{SchemaWords.Hint(schema)}");
        }

        return fits;
    }
}
