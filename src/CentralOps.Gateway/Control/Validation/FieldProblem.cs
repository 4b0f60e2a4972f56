namespace CentralOps.Gateway.Control.Validation;

/// <summary>An entry of a ValidationException's <c>fieldList</c>.</summary>
/// <param name="Name">Where it is: <c>protocolConfiguration.mcp.instructions</c>; places in a list are numbers from 0.</param>
/// <param name="Message">What is wrong, and what is demanded.</param>
internal sealed record FieldProblem(string Name, string Message)
{
    private const int MostShown = 120;

    /// <summary>In AWS's words.</summary>
    public static FieldProblem Constraint(string name, string constraint) => new(name, $"Value at '{name}' failed to satisfy constraint: {constraint}");

    /// <summary>In AWS's words, with the value, shortened.</summary>
    public static FieldProblem Constraint(string name, string value, string constraint) =>
        new(name, $"Value '{Printable.Text(value, MostShown)}' at '{name}' failed to satisfy constraint: {constraint}");
}
