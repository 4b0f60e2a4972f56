using System.Text.Json;

namespace CentralOps.Text.JmesPath;

/// <summary>A function of the specification, and what it takes.</summary>
/// <param name="Least">Arguments at least.</param>
/// <param name="Most">Null: any number.</param>
internal sealed record Function(string Name, int Least, int? Most, FunctionBody Body)
{
    public string Takes => Most switch
    {
        null => $"{Least} or more arguments",
        1 => "one argument",
        _ => $"{Most} arguments",
    };
}

/// <param name="arguments">As many as the function takes.</param>
internal delegate Node FunctionBody(FunctionCall call, Argument[] arguments);

/// <summary>A value, or an expression that the function evaluates itself.</summary>
internal readonly record struct Argument(Node Value, Expression? Reference);

/// <summary>One call, for what a function needs beside its arguments.</summary>
internal readonly record struct FunctionCall(Evaluation Evaluation, Function Function, int Position)
{
    public Node Text(Argument[] arguments, int index) => Of(arguments, index, "a string", JsonValueKind.String);

    public Node Number(Argument[] arguments, int index) => Of(arguments, index, "a number", JsonValueKind.Number);

    public Node List(Argument[] arguments, int index) => Of(arguments, index, "an array", JsonValueKind.Array);

    public Node Map(Argument[] arguments, int index) => Of(arguments, index, "an object", JsonValueKind.Object);

    public Node Value(Argument[] arguments, int index) =>
        arguments[index].Reference is null ? arguments[index].Value : throw Wrong(index, "a value", "an expression; leave out the '&'");

    public Expression Reference(Argument[] arguments, int index) =>
        arguments[index].Reference ?? throw Wrong(index, "an expression, such as &name", Words(arguments[index].Value.Kind));

    /// <summary>An array whose elements are all of one kind, numbers or strings.</summary>
    public Node[] Uniform(Argument[] arguments, int index, bool numbersOnly = false)
    {
        var items = List(arguments, index).Items().ToArray();
        Evaluation.Count(items.Length);
        if (Array.TrueForAll(items, item => item.IsNumber) || (!numbersOnly && Array.TrueForAll(items, item => item.IsText)))
        {
            return items;
        }

        throw Wrong(index, numbersOnly ? "an array of numbers" : "an array of numbers or one of strings", "an array with something else in it");
    }

    public JmesException Wrong(int index, string wanted, string found) => new(
        JmesProblemKind.InvalidType, $"At character {Position}: {Function.Name} takes {wanted} as argument {index + 1}, not {found}.", Position);

    public static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private Node Of(Argument[] arguments, int index, string wanted, JsonValueKind kind)
    {
        var value = Value(arguments, index);
        return value.Kind == kind ? value : throw Wrong(index, wanted, Words(value.Kind));
    }
}
