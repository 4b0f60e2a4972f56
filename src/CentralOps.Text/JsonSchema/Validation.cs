using System.Text.Json;
using System.Text.RegularExpressions;

namespace CentralOps.Text.JsonSchema;

/// <summary>One validation of one value, within its limits.</summary>
internal sealed partial class Validation(SchemaLimits limits, CancellationToken cancellationToken)
{
    /// <summary>Schemas in one another: a reference that leads back to itself without going into the value ends here.</summary>
    private const int MaxDepth = 400;

    private const int StepsBetweenLooks = 1024;

    private int _steps;
    private int _depth;

    public void Run(SchemaNode schema, JsonElement value, List<SchemaViolation> violations) => Check(schema, value, scope: null, place: null, violations, seen: null);

    /// <param name="report">Null where only the verdict counts: then the first violation ends the check.</param>
    /// <param name="seen">Receives what was looked at, where the value fits; null where nobody asks.</param>
    private bool Check(SchemaNode schema, JsonElement value, Scope? scope, Place? place, List<SchemaViolation>? report, Evaluated? seen)
    {
        Count(1);
        if (schema.Always is { } verdict)
        {
            return verdict || Violated(report, place, "is not allowed here", "leave it out");
        }

        if (++_depth > MaxDepth)
        {
            throw new SchemaException($"The tool's schema goes more than {MaxDepth} deep on this value, perhaps because it refers to itself");
        }

        scope = ReferenceEquals(scope?.Resource, schema.Resource) ? scope! : new Scope(schema.Resource, scope);
        var own = seen is not null || schema.UnevaluatedItems is not null || schema.UnevaluatedProperties is not null ? new Evaluated() : null;
        var fits = Keywords(schema, value, scope, place, report, own);
        _depth--;
        if (fits && own is not null)
        {
            seen?.Add(own);
        }

        return fits;
    }

    private bool Keywords(SchemaNode schema, JsonElement value, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated? own)
    {
        // 1. The value by itself. Of a wrong type there is no more to say.
        if (!IsOf(schema.Types, value))
        {
            return Violated(report, place, $"is {SchemaWords.Kind(value)} and must be {SchemaWords.Types(schema.Types)}", $"send {SchemaWords.Types(schema.Types)}{SchemaWords.Hint(schema)}");
        }

        var fits = Scalar(schema, value, place, report);

        // 2. Other schemas for the same value.
        fits = (fits || report is not null) && InPlace(schema, value, scope, place, report, own) && fits;

        // 3. What is in it; what nothing looked at comes last.
        if (!fits && report is null)
        {
            return false;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array when schema.LooksAtArrays => Array(schema, value, scope, place, report, own) && fits,
            JsonValueKind.Object when schema.LooksAtObjects => Object(schema, value, scope, place, report, own) && fits,
            _ => fits,
        };
    }

    private bool InPlace(SchemaNode schema, JsonElement value, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated? own)
    {
        var fits = true;
        if (schema.Ref is not null)
        {
            fits &= Check(schema.Ref, value, scope, place, report, own);
        }

        if (schema.DynamicRef is not null)
        {
            var target = schema.DynamicName is null ? schema.DynamicRef : scope.Outermost(schema.DynamicName) ?? schema.DynamicRef;
            fits &= Check(target, value, scope, place, report, own);
        }

        foreach (var all in schema.AllOf)
        {
            fits &= Check(all, value, scope, place, report, own);
        }

        fits &= schema.AnyOf.Length == 0 || Any(schema.AnyOf, value, scope, place, report, own, exactlyOne: false);
        fits &= schema.OneOf.Length == 0 || Any(schema.OneOf, value, scope, place, report, own, exactlyOne: true);
        if (schema.Not is not null && Check(schema.Not, value, scope, place, report: null, seen: null))
        {
            fits = Violated(report, place, "is what must not be sent here", $"send something else{SchemaWords.Hint(schema)}");
        }

        if (schema.If is not null)
        {
            var branch = Check(schema.If, value, scope, place, report: null, own) ? schema.Then : schema.Else;
            fits &= branch is null || Check(branch, value, scope, place, report, own);
        }

        return fits;
    }

    private bool Any(SchemaNode[] forms, JsonElement value, Scope scope, Place? place, List<SchemaViolation>? report, Evaluated? own, bool exactlyOne)
    {
        var fitting = 0;
        foreach (var form in forms)
        {
            fitting += Check(form, value, scope, place, report: null, own) ? 1 : 0;

            // Others may have looked at more of the value.
            if (fitting > 0 && !exactlyOne && own is null)
            {
                return true;
            }
        }

        if (fitting == 1 || (fitting > 1 && !exactlyOne))
        {
            return true;
        }

        if (report is null)
        {
            return false;
        }

        return fitting > 1
            ? Violated(report, place, $"fits {fitting} of the {forms.Length} forms that are allowed here", "send what fits exactly one of them")
            : Violated(report, place, $"fits none of the {forms.Length} forms that are allowed here", Nearest(forms, value, scope, place));
    }

    private string Nearest(SchemaNode[] forms, JsonElement value, Scope scope, Place? place)
    {
        List<SchemaViolation>? nearest = null;
        foreach (var form in forms)
        {
            var violations = new List<SchemaViolation>();
            Check(form, value, scope, place, violations, seen: null);
            nearest = nearest is null || violations.Count < nearest.Count ? violations : nearest;
        }

        return nearest is [var first, ..] ? $"for the nearest one: {first.ToString().TrimEnd('.')}" : "send one of them";
    }

    private bool Violated(List<SchemaViolation>? report, Place? place, string problem, string repair)
    {
        if (report is not null && report.Count < limits.MaxViolations)
        {
            report.Add(new(Place.Words(place), problem, repair));
        }

        return false;
    }

    private bool Matches(Regex pattern, string text)
    {
        Count(1 + (text.Length / 16));
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SchemaException("A pattern of the tool's schema takes too long on this value");
        }
    }

    private void Count(int steps)
    {
        var before = _steps;
        _steps += steps;
        if (before / StepsBetweenLooks != _steps / StepsBetweenLooks)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_steps > limits.MaxSteps)
        {
            throw new SchemaException($"The value takes more than {limits.MaxSteps} steps to check against the tool's schema");
        }
    }

    private static bool IsOf(JsonTypes types, JsonElement value) => types == JsonTypes.Any || value.ValueKind switch
    {
        JsonValueKind.Null => types.HasFlag(JsonTypes.Null),
        JsonValueKind.True or JsonValueKind.False => types.HasFlag(JsonTypes.Boolean),
        JsonValueKind.Number => types.HasFlag(JsonTypes.Number) || (types.HasFlag(JsonTypes.Integer) && JsonNumbers.IsInteger(value)),
        JsonValueKind.String => types.HasFlag(JsonTypes.String),
        JsonValueKind.Array => types.HasFlag(JsonTypes.Array),
        _ => types.HasFlag(JsonTypes.Object),
    };
}
