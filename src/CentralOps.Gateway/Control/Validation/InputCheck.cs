using System.Globalization;
using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Gateway.Control.Validation;

/// <summary>
/// Holds an input against the model: forms, required members, unions, enums, patterns and bounds. What the model does not know passes, because
/// the API gets new members about monthly; not so in a union and in a tool's schema, where it would mean something else than what is served.
/// </summary>
internal sealed class InputCheck
{
    private const int MostProblems = 50;
    private const int LongestName = 64;
    private const string ServerEndpoint = "McpServerTargetConfigurationEndpointString";
    private const string ToolSchema = "SchemaDefinition";

    private readonly List<FieldProblem> _problems = [];

    private readonly bool _httpLoopback;

    private InputCheck(bool httpLoopback) => _httpLoopback = httpLoopback;

    /// <summary>Everything that is wrong, the first fifty of it.</summary>
    /// <param name="httpLoopback">An MCP server on loopback may be asked over http, which the model's pattern refuses.</param>
    public static IReadOnlyList<FieldProblem> Run(Shape shape, JsonElement input, bool httpLoopback)
    {
        var check = new InputCheck(httpLoopback);
        check.Structure(shape, input, "", hidden: false);
        return check._problems;
    }

    private void Value(Shape shape, JsonElement value, string path, bool hidden)
    {
        if (_problems.Count >= MostProblems)
        {
            return;
        }

        hidden = hidden || shape.Sensitive;
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                Structure(shape, value, path, hidden);
                break;
            case ShapeKind.List:
                List(shape, value, path, hidden);
                break;
            case ShapeKind.Map:
                Map(shape, value, path, hidden);
                break;
            case ShapeKind.String:
                String(shape, value, path, hidden);
                break;
            case ShapeKind.Boolean:
                Demand(value.ValueKind is JsonValueKind.True or JsonValueKind.False, path, "Member must be true or false");
                break;
            case ShapeKind.Document:
                break;
            default:
                Number(shape, value, path, hidden);
                break;
        }
    }

    private void Structure(Shape shape, JsonElement value, string path, bool hidden)
    {
        if (!Demand(value.ValueKind == JsonValueKind.Object, path, "Member must be a JSON object"))
        {
            return;
        }

        var given = 0;
        foreach (var property in value.EnumerateObject())
        {
            var place = Join(path, property.Name);
            if (shape.FindMember(property.Name) is not { } member)
            {
                Unknown(shape, property.Name, place);
                continue;
            }

            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            given++;
            Value(member.Shape, property.Value, place, hidden || member.Sensitive);
        }

        foreach (var name in shape.Required)
        {
            Demand(value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null, Join(path, name), "Member must not be null");
        }

        if (shape.Union)
        {
            Demand(given == 1, path, $"Member must have exactly one of: [{Names(shape)}]");
        }
    }

    private void Unknown(Shape shape, string name, string place)
    {
        if (shape.Union)
        {
            Demand(false, place, $"Member must be one of: [{Names(shape)}]");
        }
        else if (string.Equals(shape.Name, ToolSchema, StringComparison.Ordinal))
        {
            Demand(false, place, $"Member '{Printable.Text(name, LongestName)}' is not known in a tool's schema, which has [{Names(shape)}] and nothing else. Say it in the description instead");
        }
    }

    private void List(Shape shape, JsonElement value, string path, bool hidden)
    {
        if (!Demand(value.ValueKind == JsonValueKind.Array, path, "Member must be a JSON array"))
        {
            return;
        }

        Length(shape, value.GetArrayLength(), path);
        var place = 0;
        foreach (var element in value.EnumerateArray())
        {
            var here = Join(path, (place++).ToString(CultureInfo.InvariantCulture));
            if (Demand(element.ValueKind != JsonValueKind.Null, here, "Member must not be null"))
            {
                Value(shape.Element!.Shape, element, here, hidden);
            }
        }
    }

    private void Map(Shape shape, JsonElement value, string path, bool hidden)
    {
        if (!Demand(value.ValueKind == JsonValueKind.Object, path, "Member must be a JSON object"))
        {
            return;
        }

        Length(shape, value.GetPropertyCount(), path);
        foreach (var entry in value.EnumerateObject())
        {
            var here = Join(path, entry.Name);
            Text(shape.Key!.Shape, entry.Name, here, hidden);
            if (Demand(entry.Value.ValueKind != JsonValueKind.Null, here, "Member must not be null"))
            {
                Value(shape.Value!.Shape, entry.Value, here, hidden);
            }
        }
    }

    private void String(Shape shape, JsonElement value, string path, bool hidden)
    {
        if (Demand(value.ValueKind == JsonValueKind.String, path, "Member must be a string"))
        {
            Text(shape, value.GetString()!, path, hidden);
        }
    }

    private void Text(Shape shape, string text, string path, bool hidden)
    {
        var constraint = Constraints.Instance.Of(shape.Name);
        var length = text.EnumerateRunes().Count();
        Refuse(length < constraint.Min, text, path, hidden, $"Member must have length greater than or equal to {constraint.Min}");
        Refuse(length > constraint.Max, text, path, hidden, $"Member must have length less than or equal to {constraint.Max}");
        Refuse(
            shape.Enum.Count > 0 && !shape.Enum.Contains(text, StringComparer.Ordinal), text, path, hidden,
            $"Member must satisfy enum value set: [{string.Join(", ", shape.Enum)}]");

        // A value that is far too long is not worth a match.
        Refuse(
            !(length > constraint.Max) && constraint.Pattern is { } pattern && !pattern.Matches(text) && !IsHttpLoopback(shape, text), text, path, hidden,
            $"Member must satisfy regular expression pattern: {constraint.Pattern?.Text}");
    }

    private void Number(Shape shape, JsonElement value, string path, bool hidden)
    {
        var whole = shape.Kind is ShapeKind.Integer or ShapeKind.Long;
        var number = 0.0;
        var fits = value.ValueKind == JsonValueKind.Number
            && (whole ? value.TryGetInt32(out _) || (shape.Kind == ShapeKind.Long && value.TryGetInt64(out _)) : value.TryGetDouble(out number) && double.IsFinite(number));
        if (!Demand(fits, path, whole ? "Member must be a whole number" : "Member must be a number"))
        {
            return;
        }

        var constraint = Constraints.Instance.Of(shape.Name);
        number = value.GetDouble();
        Refuse(number < constraint.Min, value.GetRawText(), path, hidden, $"Member must have value greater than or equal to {constraint.Min}");
        Refuse(number > constraint.Max, value.GetRawText(), path, hidden, $"Member must have value less than or equal to {constraint.Max}");
    }

    private void Length(Shape shape, int count, string path)
    {
        var constraint = Constraints.Instance.Of(shape.Name);
        Demand(!(count < constraint.Min), path, $"Member must have length greater than or equal to {constraint.Min}");
        Demand(!(count > constraint.Max), path, $"Member must have length less than or equal to {constraint.Max}");
    }

    private void Refuse(bool wrong, string value, string path, bool hidden, string constraint)
    {
        if (wrong && _problems.Count < MostProblems)
        {
            _problems.Add(hidden ? FieldProblem.Constraint(path, constraint) : FieldProblem.Constraint(path, value, constraint));
        }
    }

    private bool Demand(bool holds, string path, string constraint)
    {
        if (!holds && _problems.Count < MostProblems)
        {
            _problems.Add(FieldProblem.Constraint(path, constraint));
        }

        return holds;
    }

    private bool IsHttpLoopback(Shape shape, string text) =>
        _httpLoopback && string.Equals(shape.Name, ServerEndpoint, StringComparison.Ordinal) && EndpointRule.Admits(text, httpLoopback: true);

    private static string Names(Shape shape) => string.Join(", ", shape.Members.Select(static member => member.Name));

    private static string Join(string path, string name)
    {
        var shown = Printable.Text(name, LongestName);
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }
}
