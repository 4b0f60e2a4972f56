using System.Text.Json;
using CentralOps.Text.JsonSchema;
using Xunit.Abstractions;

namespace CentralOps.Text.Tests.JsonSchema;

/// <summary>JSON Schema's own suite, draft 2020-12.</summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    /// <summary>Schemas that refer to documents elsewhere. Nothing is fetched, so each has to be refused with the reason.</summary>
    private static readonly string[] Elsewhere =
    [
        "defs.json: validate definition against metaschema",
        "dynamicRef.json: $ref and $dynamicAnchor are independent of order - $defs first",
        "dynamicRef.json: $ref and $dynamicAnchor are independent of order - $ref first",
        "dynamicRef.json: $ref to $dynamicRef finds detached $dynamicAnchor",
        "dynamicRef.json: strict-tree schema, guards against misspelled properties",
        "dynamicRef.json: tests for implementation dynamic anchor and reference link",
        "ref.json: remote ref, containing refs itself",
        "refRemote.json: $ref to $ref finds detached $anchor",
        "refRemote.json: Location-independent identifier in remote ref",
        "refRemote.json: anchor within remote ref",
        "refRemote.json: base URI change",
        "refRemote.json: base URI change - change folder",
        "refRemote.json: base URI change - change folder in subschema",
        "refRemote.json: fragment within remote ref",
        "refRemote.json: ref within remote ref",
        "refRemote.json: remote HTTP ref with different $id",
        "refRemote.json: remote HTTP ref with different URN $id",
        "refRemote.json: remote HTTP ref with nested absolute ref",
        "refRemote.json: remote ref",
        "refRemote.json: remote ref with ref to defs",
        "refRemote.json: retrieved nested refs resolve relative to their URI not $id",
        "refRemote.json: root ref in remote ref",
    ];

    /// <summary>Cases that are known not to hold, and why.</summary>
    private static readonly Dictionary<string, string> Unmet = new(StringComparer.Ordinal)
    {
        ["vocabulary.json: schema that uses custom metaschema with with no validation vocabulary: no validation: invalid number, but it still validates"] =
            "A metaschema of one's own is elsewhere, so its vocabularies are not known: all keywords hold.",
    };

    public static TheoryData<string> Files => [.. FindFiles()];

    // Formats are annotations here; drafts are not crossed.
    private static string[] Optional => ["anchor", "bignum", "dependencies-compatibility", "dynamicRef", "ecmascript-regex", "float-overflow", "id", "no-schema", "non-bmp-regex", "refOfUnknownKeyword", "unknownKeyword"];

    private static IEnumerable<string> FindFiles()
    {
        if (Shared.Conformance("json-schema") is not { } folder)
        {
            return ["none"];
        }

        var draft = Path.Combine(folder, "tests", "draft2020-12");
        return Directory.GetFiles(draft, "*.json").Select(path => Path.GetFileName(path)).Concat(Optional.Select(name => $"optional/{name}.json")).Order(StringComparer.Ordinal);
    }

    [SharedTheory("json-schema")]
    [MemberData(nameof(Files))]
    public void Every_case_of_the_file_passes(string file)
    {
        var (passed, wrong) = (0, new List<string>());
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared.Conformance("json-schema")!, "tests", "draft2020-12", file)));
        foreach (var group in document.RootElement.EnumerateArray())
        {
            var name = $"{file}: {group.GetProperty("description").GetString()}";
            if (!CompiledSchema.TryCompile(group.GetProperty("schema"), out var schema, out var problem))
            {
                if (Elsewhere.Contains(name, StringComparer.Ordinal))
                {
                    problem.ShouldContain("leads out of the schema");
                    continue;
                }

                wrong.Add($"{name}: {problem}");
                continue;
            }

            Elsewhere.ShouldNotContain(name, "it is no longer refused: take it off the list");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var violations = schema.Validate(test.GetProperty("data"), SchemaLimits.Default, default);
                var holds = violations.Count == 0 == test.GetProperty("valid").GetBoolean();
                var title = $"{name}: {test.GetProperty("description").GetString()}";
                passed += holds ? 1 : 0;
                if (holds == Unmet.ContainsKey(title))
                {
                    wrong.Add($"{title}: {(holds ? "holds, and is listed as unmet" : string.Join(' ', violations))}");
                }
            }
        }

        output.WriteLine($"{passed} pass");
        wrong.ShouldBeEmpty();
    }
}
