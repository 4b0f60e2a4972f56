using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// Reads policy documents. Whatever is not evaluated here (an operator, a key, a policy variable, an element) makes the document
/// unreadable: a policy that is half understood must not grant.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
/// </summary>
internal static class PolicyReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>A bucket policy's limit; every other kind has a smaller one of its own.</summary>
    public const int MaxLength = 20_480;

    /// <summary>For documents that are part of the program.</summary>
    public static PolicyDocument Read(string json, PolicyKind kind) =>
        TryRead(json, kind, out var document, out var problem) ? document : throw new ArgumentException(problem, nameof(json));

    public static bool TryRead(
        string json, PolicyKind kind, [NotNullWhen(true)] out PolicyDocument? document, [NotNullWhen(false)] out string? problem)
    {
        document = null;
        if (json.Length > MaxLength)
        {
            problem = $"The policy is {json.Length} characters long; at most {MaxLength} are read.";
            return false;
        }

        try
        {
            using var parsed = JsonDocument.Parse(json, Options);
            document = ReadDocument(parsed.RootElement, kind) with { Text = json };
            problem = null;
            return true;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second is half a surrogate pair, which JSON can escape and no text holds.
            problem = "This policy contains invalid Json";
            return false;
        }
        catch (PolicyProblemException unreadable)
        {
            problem = unreadable.Message;
            return false;
        }
    }

    private static PolicyDocument ReadDocument(JsonElement root, PolicyKind kind)
    {
        Demand(root.ValueKind == JsonValueKind.Object, "Syntax errors in policy.");
        JsonElement? statements = null;
        var version = "2008-10-17";
        foreach (var element in root.EnumerateObject())
        {
            switch (element.Name)
            {
                case "Version":
                    version = element.Value.ValueKind == JsonValueKind.String ? element.Value.GetString() : null;
                    Demand(version is "2012-10-17" or "2008-10-17", "The policy must contain a valid version string.");
                    break;
                case "Id":
                    break;
                case "Statement":
                    statements = element.Value;
                    break;
                default:
                    throw new PolicyProblemException($"Syntax errors in policy: '{element.Name}' is no element of a policy.");
            }
        }

        Demand(statements is not null, "Syntax errors in policy: it has no statement.");
        List<Statement> read = [.. Each(statements.Value).Select((statement, index) => ReadStatement(statement, index, kind, variables: version is "2012-10-17"))];
        Demand(read.Count > 0, "Syntax errors in policy: it has no statement.");
        return new PolicyDocument(read);
    }

    private static Statement ReadStatement(JsonElement json, int index, PolicyKind kind, bool variables)
    {
        try
        {
            return StatementReader.Read(json, kind, variables);
        }
        catch (PolicyProblemException problem)
        {
            var sid = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("Sid", out var id) && id.ValueKind == JsonValueKind.String ? $", '{id.GetString()}'" : "";
            throw new PolicyProblemException($"{problem.Message} (statement {index + 1}{sid})");
        }
    }

    internal static IEnumerable<JsonElement> Each(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    internal static void Demand([DoesNotReturnIf(false)] bool condition, string problem)
    {
        if (!condition)
        {
            throw new PolicyProblemException(problem);
        }
    }
}

/// <summary>A document that cannot be read; never leaves <see cref="PolicyReader"/>.</summary>
internal sealed class PolicyProblemException(string message) : Exception(message);
