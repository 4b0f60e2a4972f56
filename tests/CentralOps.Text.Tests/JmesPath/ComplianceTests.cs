using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Text.JmesPath;
using Xunit.Abstractions;

namespace CentralOps.Text.Tests.JmesPath;

/// <summary>JMESPath's own compliance cases.</summary>
public sealed class ComplianceTests(ITestOutputHelper output)
{
    /// <summary>Cases in each file: one that goes missing shows.</summary>
    public static TheoryData<string, int> Files => new()
    {
        { "basic", 18 }, { "benchmarks", 16 }, { "boolean", 60 }, { "current", 3 }, { "escape", 8 }, { "filters", 88 }, { "functions", 175 }, { "identifiers", 125 }, { "indices", 59 },
        { "literal", 41 }, { "multiselect", 53 }, { "pipe", 17 }, { "slice", 41 }, { "syntax", 135 }, { "unicode", 4 }, { "wildcard", 65 },
    };

    [SharedTheory("jmespath")]
    [MemberData(nameof(Files))]
    public void Every_case_of_the_file_passes(string file, int cases)
    {
        var wrong = new List<string>();
        var count = 0;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared.Conformance("jmespath")!, "tests", file + ".json")), new JsonDocumentOptions { MaxDepth = 1000 });
        foreach (var suite in document.RootElement.EnumerateArray())
        {
            foreach (var given in suite.GetProperty("cases").EnumerateArray())
            {
                count++;
                if (Judge(suite.GetProperty("given"), given) is { } problem)
                {
                    wrong.Add($"{given.GetProperty("expression").GetRawText()}: {problem}");
                }
            }
        }

        output.WriteLine($"{count - wrong.Count} of {count} pass");
        wrong.ShouldBeEmpty();
        count.ShouldBe(cases);
    }

    private static string? Judge(JsonElement data, JsonElement given)
    {
        var (answer, problem) = Evaluate(given.GetProperty("expression").GetString()!, data);
        if (given.TryGetProperty("error", out var error))
        {
            return problem is not null && string.Equals(Code(problem.Kind), error.GetString(), StringComparison.Ordinal) ? null : $"{error} was expected, not {answer}{problem}";
        }

        if (problem is not null)
        {
            return problem.Message;
        }

        // The cases that measure speed have no result.
        return !given.TryGetProperty("result", out var result) || JsonNode.DeepEquals(JsonNode.Parse(answer!), JsonNode.Parse(result.GetRawText())) ? null : $"{result} was expected, not {answer}";
    }

    private static (string? Answer, JmesProblem? Problem) Evaluate(string text, JsonElement data)
    {
        if (!JmesExpression.TryParse(text, out var expression, out var problem))
        {
            return (null, problem);
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            problem = expression.Write(data, json, JmesLimits.Default, default);
        }

        return problem is null ? (Encoding.UTF8.GetString(bytes.ToArray()), null) : (null, problem);
    }

    private static string Code(JmesProblemKind kind) => kind switch
    {
        JmesProblemKind.Syntax => "syntax",
        JmesProblemKind.UnknownFunction => "unknown-function",
        JmesProblemKind.InvalidArity => "invalid-arity",
        JmesProblemKind.InvalidType => "invalid-type",
        JmesProblemKind.InvalidValue => "invalid-value",
        _ => kind.ToString(),
    };
}
