namespace CentralOps.Text.JmesPath;

/// <summary>The ways in which a query is refused, in the terms of the JMESPath specification, and two of ours.</summary>
public enum JmesProblemKind
{
    Syntax,
    UnknownFunction,
    InvalidArity,
    InvalidType,
    InvalidValue,

    /// <summary>The expression is longer or nested deeper than is read.</summary>
    TooComplex,

    /// <summary>The data would take more steps, or the answer more bytes, than the limits allow.</summary>
    TooMuch,
}

/// <summary>Why a query was refused.</summary>
/// <param name="Message">A sentence with the repair; what it quotes of the expression is shaped.</param>
/// <param name="Position">The character of the expression, from 0, that it is about.</param>
public sealed record JmesProblem(JmesProblemKind Kind, string Message, int Position);

/// <summary>What one evaluation may take.</summary>
public sealed record JmesLimits
{
    public static JmesLimits Default { get; } = new();

    /// <summary>Values looked at or made.</summary>
    public int MaxSteps { get; init; } = 2_000_000;

    /// <summary>Of the answer, in bytes of JSON.</summary>
    public int MaxBytes { get; init; } = 8 * 1024 * 1024;
}

/// <summary>Carries a problem out of the depth of a parse or an evaluation; never leaves this folder.</summary>
internal sealed class JmesException(JmesProblem problem) : Exception(problem.Message)
{
    public JmesException(JmesProblemKind kind, string message, int position)
        : this(new JmesProblem(kind, message, position))
    {
    }

    public JmesProblem Problem => problem;
}
