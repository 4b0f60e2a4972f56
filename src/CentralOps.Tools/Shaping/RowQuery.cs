using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Refusals;
using CentralOps.Text.JmesPath;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Shaping;

/// <summary>A JMESPath expression over the rows of one page. What it may cost is bounded, whatever it says.</summary>
internal sealed class RowQuery
{
    public const int MaxLength = 4096;

    /// <summary>About half a second of one core.</summary>
    private const int MaxSteps = 2_000_000;

    private static readonly JmesLimits OfRow = new() { MaxSteps = 100_000 };

    private readonly string _argument;
    private readonly JmesExpression _expression;

    private RowQuery(string argument, JmesExpression expression) => (_argument, _expression) = (argument, expression);

    /// <returns>Null where there is none, or none that can be read, which is noted in the reader with its place and repair.</returns>
    public static RowQuery? Read(string argument, string? text, ArgumentReader reader)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (JmesExpression.TryParse(text, out var expression, out var problem))
        {
            return new RowQuery(argument, expression);
        }

        reader.Note(argument, $"is no JMESPath expression: {WithoutStop(problem)}", "Write it as in [?State=='running'].{id: InstanceId, type: InstanceType}; a name with ':' or '-' stands in double quotes");
        return null;
    }

    /// <summary>Evaluates over the list of rows and writes one JSON value, or returns why there is none and writes nothing.</summary>
    /// <param name="maxBytes">Of the value.</param>
    public Refusal.BadArguments? Write(JsonElement rows, int maxBytes, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var value = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(value, RefusalAnswer.Json))
        {
            if (_expression.Write(rows, json, new JmesLimits { MaxSteps = MaxSteps, MaxBytes = maxBytes }, cancellationToken) is { } problem)
            {
                return Refuse(problem);
            }
        }

        // Rows are clean; a literal of the expression need not be.
        CleanJson.AppendItems(value.WrittenMemory, output);
        return null;
    }

    /// <summary>Whether what the expression makes of one row counts as true, as JMESPath has it: not null, not false, and nothing empty.</summary>
    /// <returns>Why that cannot be said.</returns>
    public JmesProblem? Test(JsonElement row, out bool isTrue, CancellationToken cancellationToken) => _expression.Test(row, OfRow, out isTrue, cancellationToken);

    public Refusal.BadArguments Refuse(JmesProblem problem) =>
        new([new ArgumentProblem(_argument, $"cannot be answered over these rows: {WithoutStop(problem)}", "Mend the expression; without it the rows themselves are answered")]);

    private static string WithoutStop(JmesProblem problem) => problem.Message.TrimEnd('.');
}
