namespace CentralOps.Gateway.Control.Validation;

/// <summary>What a shape demands of a value beyond its form.</summary>
/// <param name="Min">Of a string's length, a list's or map's count, a number's value; null: nothing.</param>
internal sealed record Constraint(double? Min, double? Max, ConstraintPattern? Pattern)
{
    public static Constraint None { get; } = new(null, null, null);
}
