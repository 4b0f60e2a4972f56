using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CentralOps.Text.JmesPath;

/// <summary>One evaluation of one expression, within its limits.</summary>
internal sealed class Evaluation(JmesLimits limits, CancellationToken cancellationToken)
{
    private const int CharsAStep = 32;
    private const int StepsBetweenLooks = 4096;

    private int _left = limits.MaxSteps;
    private int _untilLook = StepsBetweenLooks;

    public Node Of(Expression expression, Node current)
    {
        Count(1);
        return expression switch
        {
            Expression.Current => current,
            Expression.Literal literal => literal.Value,
            Expression.Field field => current.IsMap ? current.Member(field.Name) : Node.Null,
            Expression.Chain chain => Of(chain.Right, Of(chain.Left, current)),
            Expression.Index index => At(current, index.At),
            Expression.Slice slice => Sliced(current, slice),
            Expression.Projection projection => Project(Of(projection.Left, current), null, projection.Right),
            Expression.FilterProjection filter => Project(Of(filter.Left, current), filter.Condition, filter.Right),
            Expression.ValueProjection values => ProjectValues(Of(values.Left, current), values.Right),
            Expression.Flatten flatten => Flattened(Of(flatten.Of, current)),
            Expression.Or or => Of(or.Left, current) is { IsTrue: true } left ? left : Of(or.Right, current),
            Expression.And and => Of(and.Left, current) is { IsTrue: false } left ? left : Of(and.Right, current),
            Expression.Not not => Node.Of(!Of(not.Of, current).IsTrue),
            Expression.Comparison comparison => Compared(comparison, current),
            Expression.MultiSelectList list => current.IsNull ? Node.Null : Node.Of([.. list.Items.Select(item => Of(item, current))]),
            Expression.MultiSelectHash hash => current.IsNull ? Node.Null : Selected(hash, current),
            Expression.Call call => Called(call, current),
            Expression.Reference reference => throw new JmesException(
                JmesProblemKind.InvalidType, $"At character {reference.Position}: '&' stands before an argument of sort_by, max_by, min_by and map only.", reference.Position),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public void Count(int steps)
    {
        _left -= steps;
        _untilLook -= steps;
        if (_untilLook <= 0)
        {
            _untilLook = StepsBetweenLooks;
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_left < 0)
        {
            throw new JmesException(JmesProblemKind.TooMuch, $"The query takes more than {limits.MaxSteps} steps over this data. Filter first, or ask for less.", 0);
        }
    }

    public string Counted(string text)
    {
        Count(1 + (text.Length / CharsAStep));
        return text;
    }

    public IEnumerable<T> Counted<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            Count(1);
            yield return item;
        }
    }

    public void CheckLength(long length)
    {
        if (length > limits.MaxBytes)
        {
            throw new JmesException(JmesProblemKind.TooMuch, $"The answer is longer than {limits.MaxBytes} bytes. Select fewer fields, or fewer elements.", 0);
        }
    }

    /// <summary>A value as compact JSON.</summary>
    public ReadOnlySpan<byte> Write(Node node)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteWhole(node, json);
        }

        return bytes.WrittenSpan;
    }

    /// <summary>A value as the next one of a writer.</summary>
    public void WriteWhole(Node node, Utf8JsonWriter json)
    {
        var before = json.BytesCommitted + json.BytesPending;
        Write(node, json, before);
        CheckLength(json.BytesCommitted + json.BytesPending - before);
    }

    private void Write(Node node, Utf8JsonWriter json, long before)
    {
        Count(1);
        CheckLength(json.BytesCommitted + json.BytesPending - before);
        switch (node.Kind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in node.Items())
                {
                    Write(item, json, before);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var (name, value) in node.Members())
                {
                    json.WritePropertyName(name);
                    Write(value, json, before);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Number when node.Element is null:
                WriteNumber(node.Number(), json);
                break;
            case JsonValueKind.String when node.Element is null:
                json.WriteStringValue(node.Text());
                break;
            case JsonValueKind.Null:
                json.WriteNullValue();
                break;
            case JsonValueKind.True or JsonValueKind.False:
                json.WriteBooleanValue(node.Kind == JsonValueKind.True);
                break;
            default:
                node.Element!.Value.WriteTo(json);
                break;
        }
    }

    private static void WriteNumber(double number, Utf8JsonWriter json)
    {
        if (!double.IsFinite(number))
        {
            throw new JmesException(JmesProblemKind.InvalidValue, "A sum or an average is larger than a JSON number can tell.", 0);
        }

        // Whole numbers without an exponent: 1E+16 is JSON, but no integer to most who read it.
        if (double.IsInteger(number) && Math.Abs(number) < 1L << 62)
        {
            json.WriteNumberValue((long)number);
            return;
        }

        json.WriteNumberValue(number);
    }

    private static Node At(Node current, int index)
    {
        if (!current.IsList)
        {
            return Node.Null;
        }

        var at = index < 0 ? index + current.Length : index;
        return at >= 0 && at < current.Length ? current[at] : Node.Null;
    }

    private Node Sliced(Node current, Expression.Slice slice)
    {
        if (!current.IsList)
        {
            return Node.Null;
        }

        var items = Counted(current.Items()).ToArray();
        var (first, last) = slice.Step > 0 ? (0, items.Length) : (-1, items.Length - 1);
        long Bound(int? given, int otherwise) => given is not { } at ? otherwise : Math.Clamp(at < 0 ? (long)at + items.Length : at, first, last);
        var stop = Bound(slice.Stop, slice.Step > 0 ? last : first);
        var taken = new List<Node>();
        for (var at = Bound(slice.Start, slice.Step > 0 ? first : last); slice.Step > 0 ? at < stop : at > stop; at += slice.Step)
        {
            taken.Add(items[at]);
        }

        return Node.Of([.. taken]);
    }

    private Node Project(Node list, Expression? condition, Expression right)
    {
        if (!list.IsList)
        {
            return Node.Null;
        }

        var projected = new List<Node>();
        foreach (var item in list.Items())
        {
            if ((condition is null || Of(condition, item).IsTrue) && Of(right, item) is { IsNull: false } value)
            {
                projected.Add(value);
            }
        }

        return Node.Of([.. projected]);
    }

    private Node ProjectValues(Node map, Expression right) =>
        map.IsMap ? Node.Of([.. map.Members().Select(member => Of(right, member.Value)).Where(value => !value.IsNull)]) : Node.Null;

    private Node Flattened(Node list) => list.IsList ? Node.Of([.. Counted(list.Items().SelectMany(item => item.IsList ? item.Items() : [item]))]) : Node.Null;

    private Node Selected(Expression.MultiSelectHash hash, Node current)
    {
        var members = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (name, expression) in hash.Members)
        {
            members[name] = Of(expression, current);
        }

        return Node.Of(members);
    }

    private Node Compared(Expression.Comparison comparison, Node current)
    {
        var (left, right) = (Of(comparison.Left, current), Of(comparison.Right, current));
        if (comparison.Operator is TokenKind.Equal or TokenKind.NotEqual)
        {
            return Node.Of(NodeOrder.AreEqual(left, right, this) == (comparison.Operator == TokenKind.Equal));
        }

        if (!left.IsNumber || !right.IsNumber)
        {
            return Node.Null;
        }

        var order = NodeOrder.CompareNumbers(left, right);
        return Node.Of(comparison.Operator switch
        {
            TokenKind.Less => order < 0,
            TokenKind.LessOrEqual => order <= 0,
            TokenKind.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private Node Called(Expression.Call call, Node current)
    {
        var arguments = new Argument[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = call.Arguments[i] is Expression.Reference reference ? new(default, reference.Of) : new(Of(call.Arguments[i], current), null);
        }

        return call.Function.Body(new(this, call.Function, call.Position), arguments);
    }
}
