using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CentralOps.Text.JsonSchema;

/// <summary>
/// A JSON Schema of draft 2020-12 (json-schema.org/draft/2020-12), compiled once, for any number of validations on any thread. <c>format</c> is an annotation, as the draft has it by
/// default; nothing is ever fetched. Tuples and dependencies in the form of earlier drafts are understood too, because many generators still write them.
/// </summary>
public sealed class CompiledSchema
{
    private readonly SchemaNode _root;

    private CompiledSchema(SchemaNode root) => _root = root;

    /// <param name="schema">An object or a boolean; kept, so its document must not be disposed.</param>
    /// <param name="problem">A sentence that says where the schema is wrong and how to mend it.</param>
    public static bool TryCompile(JsonElement schema, [NotNullWhen(true)] out CompiledSchema? compiled, [NotNullWhen(false)] out string? problem)
    {
        (compiled, problem) = (null, null);
        try
        {
            compiled = new(new SchemaCompiler(schema).Compile());
            return true;
        }
        catch (SchemaException e)
        {
            problem = e.Message;
            return false;
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws where it cannot decode a string; nothing else here does.
            problem = "The schema has a string with half of a surrogate pair in it.";
            return false;
        }
    }

    /// <summary>Everything that is wrong with a value, up to a bound; empty where it fits.</summary>
    public IReadOnlyList<SchemaViolation> Validate(JsonElement value, SchemaLimits limits, CancellationToken cancellationToken)
    {
        var violations = new List<SchemaViolation>();
        try
        {
            new Validation(limits, cancellationToken).Run(_root, value, violations);
        }
        catch (SchemaException e)
        {
            violations.Add(new("", e.Message, "Send a smaller value, or give the tool a simpler schema"));
        }
        catch (InvalidOperationException)
        {
            violations.Add(new("", "holds a string with half of a surrogate pair in it", "send whole characters"));
        }

        return violations;
    }
}

/// <summary>What one validation may take.</summary>
public sealed record SchemaLimits
{
    public static SchemaLimits Default { get; } = new();

    /// <summary>Pairs of a schema and a value looked at.</summary>
    public int MaxSteps { get; init; } = 500_000;

    /// <summary>Violations that are told; the value is wrong after the first.</summary>
    public int MaxViolations { get; init; } = 20;
}

/// <summary>One thing that is wrong with a value.</summary>
/// <param name="Path">Where, such as <c>filters[0].name</c>; empty for the value itself.</param>
/// <param name="Problem">Such as <c>is a string and must be an integer</c>; what it quotes is shaped.</param>
/// <param name="Repair">Such as <c>send an integer</c>.</param>
public sealed record SchemaViolation(string Path, string Problem, string Repair)
{
    /// <summary>A sentence.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "" : Path + ": ")}{Problem}; {Repair}.";
}

/// <summary>Carries why a schema cannot be used, or a validation not be ended; never leaves this folder.</summary>
internal sealed class SchemaException(string message) : Exception(message);
