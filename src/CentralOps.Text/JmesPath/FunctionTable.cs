using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CentralOps.Text.JmesPath;

/// <summary>The specification's functions (jmespath.org/specification.html, "Built-in Functions").</summary>
internal static class FunctionTable
{
    public static FrozenDictionary<string, Function> ByName { get; } = new Function[]
    {
        new("abs", 1, 1, static (call, given) => Node.Of(Math.Abs(call.Number(given, 0).Number()))),
        new("avg", 1, 1, static (call, given) => call.Uniform(given, 0, numbersOnly: true) is { Length: > 0 } numbers ? Node.Of(numbers.Average(number => number.Number())) : Node.Null),
        new("ceil", 1, 1, static (call, given) => Node.Of(Math.Ceiling(call.Number(given, 0).Number()))),
        new("contains", 2, 2, Contains),
        new("ends_with", 2, 2, static (call, given) => Node.Of(call.Text(given, 0).Text().EndsWith(call.Text(given, 1).Text(), StringComparison.Ordinal))),
        new("floor", 1, 1, static (call, given) => Node.Of(Math.Floor(call.Number(given, 0).Number()))),
        new("join", 2, 2, Join),
        new("keys", 1, 1, static (call, given) => Node.Of([.. call.Evaluation.Counted(call.Map(given, 0).Members()).Select(member => Node.Of(member.Key))])),
        new("length", 1, 1, Length),
        new("map", 2, 2, Map),
        new("max", 1, 1, static (call, given) => Best(call.Uniform(given, 0), 1)),
        new("max_by", 2, 2, static (call, given) => BestBy(call, given, 1)),
        new("merge", 1, null, Merge),
        new("min", 1, 1, static (call, given) => Best(call.Uniform(given, 0), -1)),
        new("min_by", 2, 2, static (call, given) => BestBy(call, given, -1)),
        new("not_null", 1, null, static (call, given) => Enumerable.Range(0, given.Length).Select(index => call.Value(given, index)).FirstOrDefault(value => !value.IsNull)),
        new("reverse", 1, 1, Reverse),
        new("sort", 1, 1, static (call, given) => Node.Of([.. call.Uniform(given, 0).Order(Comparer<Node>.Create(NodeOrder.Compare))])),
        new("sort_by", 2, 2, static (call, given) => Node.Of([.. Keyed(call, given).OrderBy(item => item.Key, Comparer<Node>.Create(NodeOrder.Compare)).Select(item => item.Value)])),
        new("starts_with", 2, 2, static (call, given) => Node.Of(call.Text(given, 0).Text().StartsWith(call.Text(given, 1).Text(), StringComparison.Ordinal))),
        new("sum", 1, 1, static (call, given) => Node.Of(call.Uniform(given, 0, numbersOnly: true).Sum(number => number.Number()))),
        new("to_array", 1, 1, static (call, given) => call.Value(given, 0) is { IsList: false } value ? Node.Of([value]) : call.Value(given, 0)),
        new("to_number", 1, 1, ToNumber),
        new("to_string", 1, 1, static (call, given) => call.Value(given, 0) is { IsText: true } text ? text : Node.Of(Encoding.UTF8.GetString(call.Evaluation.Write(call.Value(given, 0))))),
        new("type", 1, 1, static (call, given) => Node.Of(TypeOf(call.Value(given, 0).Kind))),
        new("values", 1, 1, static (call, given) => Node.Of([.. call.Evaluation.Counted(call.Map(given, 0).Members()).Select(member => member.Value)])),
    }.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    private static Node Contains(FunctionCall call, Argument[] given)
    {
        var (subject, wanted) = (call.Value(given, 0), call.Value(given, 1));
        if (subject.IsText)
        {
            return Node.Of(wanted.IsText && call.Evaluation.Counted(subject.Text()).Contains(wanted.Text(), StringComparison.Ordinal));
        }

        return subject.IsList
            ? Node.Of(subject.Items().Any(item => NodeOrder.AreEqual(item, wanted, call.Evaluation)))
            : throw call.Wrong(0, "a string or an array", FunctionCall.Words(subject.Kind));
    }

    private static Node Join(FunctionCall call, Argument[] given)
    {
        var glue = call.Text(given, 0).Text();
        var joined = new StringBuilder();
        var first = true;
        foreach (var item in call.List(given, 1).Items())
        {
            if (!item.IsText)
            {
                throw call.Wrong(1, "an array of strings", $"one with {FunctionCall.Words(item.Kind)} in it");
            }

            joined.Append(first ? "" : glue).Append(call.Evaluation.Counted(item.Text()));
            call.Evaluation.CheckLength(joined.Length);
            first = false;
        }

        return Node.Of(joined.ToString());
    }

    private static Node Length(FunctionCall call, Argument[] given)
    {
        var subject = call.Value(given, 0);
        return subject.Kind switch
        {
            JsonValueKind.String => Node.Of(call.Evaluation.Counted(subject.Text()).EnumerateRunes().Count()),
            JsonValueKind.Array => Node.Of(subject.Length),
            JsonValueKind.Object => Node.Of(call.Evaluation.Counted(subject.Members()).Count()),
            _ => throw call.Wrong(0, "a string, an array or an object", FunctionCall.Words(subject.Kind)),
        };
    }

    private static Node Map(FunctionCall call, Argument[] given)
    {
        var reference = call.Reference(given, 0);
        return Node.Of([.. call.List(given, 1).Items().Select(item => call.Evaluation.Of(reference, item))]);
    }

    private static Node Merge(FunctionCall call, Argument[] given)
    {
        var merged = new Dictionary<string, Node>(StringComparer.Ordinal);
        for (var i = 0; i < given.Length; i++)
        {
            foreach (var (name, value) in call.Evaluation.Counted(call.Map(given, i).Members()))
            {
                merged[name] = value;
            }
        }

        return Node.Of(merged);
    }

    private static Node Reverse(FunctionCall call, Argument[] given)
    {
        var subject = call.Value(given, 0);
        if (subject.IsText)
        {
            return Node.Of(string.Concat(call.Evaluation.Counted(subject.Text()).EnumerateRunes().Reverse().Select(rune => rune.ToString())));
        }

        return subject.IsList ? Node.Of([.. call.Evaluation.Counted(subject.Items()).Reverse()]) : throw call.Wrong(0, "a string or an array", FunctionCall.Words(subject.Kind));
    }

    private static Node ToNumber(FunctionCall call, Argument[] given)
    {
        var value = call.Value(given, 0);
        if (value.IsNumber)
        {
            return value;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return value.IsText && double.TryParse(value.Text(), Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Node.Of(number) : Node.Null;
    }

    private static Node Best(Node[] items, int sign) => items.Length == 0 ? Node.Null : items.Aggregate((best, item) => NodeOrder.Compare(item, best) * sign > 0 ? item : best);

    private static Node BestBy(FunctionCall call, Argument[] given, int sign)
    {
        var keyed = Keyed(call, given);
        return keyed.Length == 0 ? Node.Null : keyed.Aggregate((best, item) => NodeOrder.Compare(item.Key, best.Key) * sign > 0 ? item : best).Value;
    }

    private static KeyValuePair<Node, Node>[] Keyed(FunctionCall call, Argument[] given)
    {
        var reference = call.Reference(given, 1);
        var keyed = call.List(given, 0).Items().Select(item => KeyValuePair.Create(call.Evaluation.Of(reference, item), item)).ToArray();
        return Array.TrueForAll(keyed, item => item.Key.IsNumber) || Array.TrueForAll(keyed, item => item.Key.IsText)
            ? keyed
            : throw call.Wrong(1, "an expression that gives numbers, or strings, for every element", "one that gives something else");
    }

    private static string TypeOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
