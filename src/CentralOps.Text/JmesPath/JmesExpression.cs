using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CentralOps.Text.JmesPath;

/// <summary>A JMESPath expression (jmespath.org/specification.html), read once, for any number of evaluations on any thread.</summary>
public sealed class JmesExpression
{
    /// <summary>Of an expression.</summary>
    public const int MaxChars = 16 * 1024;

    private readonly Expression _expression;

    private JmesExpression(string text, Expression expression) => (Text, _expression) = (text, expression);

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <param name="problem">What is wrong with the text, where, and how to mend it.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JmesExpression? expression, [NotNullWhen(false)] out JmesProblem? problem)
    {
        (expression, problem) = (null, null);
        if (text is null || text.Length > MaxChars)
        {
            problem = new(JmesProblemKind.TooComplex, text is null ? "There is no expression." : $"The expression has more than {MaxChars} characters.", 0);
            return false;
        }

        try
        {
            expression = new(text, Parser.Read(text));
            return true;
        }
        catch (JmesException e)
        {
            problem = e.Problem;
            return false;
        }
    }

    /// <summary>Evaluates the expression and writes what it answers, one JSON value.</summary>
    /// <param name="json">Where there is a problem it may hold part of an answer: drop it.</param>
    /// <returns>Why there is no answer; null when there is one.</returns>
    public JmesProblem? Write(JsonElement data, Utf8JsonWriter json, JmesLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            var evaluation = new Evaluation(limits, cancellationToken);
            evaluation.WriteWhole(evaluation.Of(_expression, Node.Of(data)), json);
            return null;
        }
        catch (JmesException e)
        {
            return e.Problem;
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws where it cannot decode a string; nothing else here does.
            return HalfASurrogatePair;
        }
    }

    /// <summary>Evaluates the expression and tells whether its answer counts as true: not null, not false, and nothing empty.</summary>
    /// <returns>Why there is no answer; null when there is one.</returns>
    public JmesProblem? Test(JsonElement data, JmesLimits limits, out bool isTrue, CancellationToken cancellationToken)
    {
        isTrue = false;
        try
        {
            isTrue = new Evaluation(limits, cancellationToken).Of(_expression, Node.Of(data)).IsTrue;
            return null;
        }
        catch (JmesException e)
        {
            return e.Problem;
        }
        catch (InvalidOperationException)
        {
            return HalfASurrogatePair;
        }
    }

    public override string ToString() => Text;

    private static JmesProblem HalfASurrogatePair => new(JmesProblemKind.InvalidValue, "The data has a string with half of a surrogate pair in it.", 0);
}
