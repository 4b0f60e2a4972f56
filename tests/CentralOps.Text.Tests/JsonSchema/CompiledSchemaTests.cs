using System.Diagnostics;
using System.Text.Json;
using CentralOps.Text.JsonSchema;
using FsCheck.Fluent;

namespace CentralOps.Text.Tests.JsonSchema;

public sealed class CompiledSchemaTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "\"7\"", "is a string and must be an integer; send an integer.")]
    [InlineData("""{"type":["integer","null"]}""", "1.5", "is a number with a fraction and must be an integer or null; send an integer or null.")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"string","description":"An id."}}}}""", """{"a":["x",1]}""", "a[1]: is a number and must be a string; send a string (An id).")]
    [InlineData("""{"required":["name"],"properties":{"name":{"type":"string","description":"Who."}}}""", "{}", "name: is required and missing; add it as a string (Who).")]
    [InlineData("""{"properties":{"region":{}},"additionalProperties":false}""", """{"regoin":1}""", "regoin: is not a member that is known here; did you mean region? If not, leave it out.")]
    [InlineData("""{"enum":["running","stopped"]}""", "\"runing\"", "is \"runing\", which is not one of the values allowed; send \"running\", if you meant that, or another of \"running\", \"stopped\".")]
    [InlineData("""{"const":3}""", "4", "is 4 and must be 3; send 3.")]
    [InlineData("""{"minimum":1,"maximum":10}""", "0", "is 0 and must be at least 1; send a number that is at least 1.")]
    [InlineData("""{"multipleOf":0.5}""", "0.7", "is 0.7 and must be a multiple of 0.5; send a number that is a multiple of 0.5.")]
    [InlineData("""{"minLength":2,"maxLength":4}""", "\"\ud83d\ude00\"", "has 1 characters and must have 2 to 4 characters; send 2 to 4 characters.")]
    [InlineData("""{"pattern":"^i-[0-9a-f]+$"}""", "\"i-xyz\"", "does not match the pattern ^i-[0-9a-f]+$; send a string that does.")]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", "has the same element twice; send each element once.")]
    [InlineData("""{"minItems":1}""", "[]", "has 0 elements and must have at least 1 element; send at least 1 element.")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"object","required":["a","b"]}]}""", "7", "fits none of the 2 forms that are allowed here; for the nearest one: is a number and must be a string; send a string.")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "3", "fits 2 of the 2 forms that are allowed here; send what fits exactly one of them.")]
    [InlineData("""{"not":{"type":"null"}}""", "null", "is what must not be sent here; send something else.")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "b: is required and missing; add it.")]
    [InlineData("false", "1", "is not allowed here; leave it out.")]
    public void A_violation_names_the_place_the_problem_and_the_repair(string schema, string value, string violation) =>
        Validate(schema, value).ShouldHaveSingleItem().ToString().ShouldBe(violation);

    [Theory]
    [InlineData("7", "The schema is wrong at '': a schema has to be an object or a boolean.")]
    [InlineData("""{"properties":{"a":{"type":"text"}}}""", "The schema is wrong at '/properties/a': type has to be null, boolean, integer, number, string, array or object, or several of them.")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "The schema is wrong at '': '#/$defs/none' leads to no schema.")]
    [InlineData("""{"$ref":"https://example.com/a.json"}""", "The schema is wrong at '': 'https://example.com/a.json' leads out of the schema, and nothing is fetched; put what it refers to under $defs, with that $id.")]
    [InlineData("""{"minLength":-1}""", "The schema is wrong at '': minLength has to be a whole number from 0.")]
    [InlineData("""{"allOf":{}}""", "The schema is wrong at '/allOf': it has to be an array of schemas.")]
    public void A_schema_that_cannot_be_used_is_refused_with_its_place(string schema, string problem)
    {
        CompiledSchema.TryCompile(JsonDocument.Parse(schema).RootElement, out _, out var told).ShouldBeFalse();
        told.ShouldBe(problem);
    }

    [Fact]
    public void A_pattern_that_is_none_is_refused()
    {
        CompiledSchema.TryCompile(JsonDocument.Parse("""{"pattern":"(["}""").RootElement, out _, out var problem).ShouldBeFalse();
        problem.ShouldStartWith("The schema is wrong at '': the pattern '([' is no regular expression that is known here");
    }

    [Theory]
    [InlineData("""{"items":[{"type":"string"},{"type":"integer"}],"additionalItems":false}""", """["a",1]""", true)]
    [InlineData("""{"items":[{"type":"string"},{"type":"integer"}],"additionalItems":false}""", """["a",1,2]""", false)]
    [InlineData("""{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", """{"a":1,"b":1,"c":1}""", false)]
    [InlineData("""{"$ref":"#foo","definitions":{"x":{"$id":"#foo","type":"string"}}}""", "1", false)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"a":{"$ref":"#/definitions/b"}},"definitions":{"b":{"type":"string"}}}""", """{"a":"x"}""", true)]
    public void What_earlier_drafts_wrote_is_understood(string schema, string value, bool fits) => (Validate(schema, value).Count == 0).ShouldBe(fits);

    [Fact]
    public void No_more_violations_are_told_than_somebody_reads()
    {
        var violations = Validate("""{"items":{"type":"string"}}""", $"[{string.Join(',', Enumerable.Range(0, 5000))}]");
        violations.Count.ShouldBe(SchemaLimits.Default.MaxViolations);
    }

    [Fact]
    public void Schemas_and_values_made_to_hang_are_cut_off()
    {
        var started = Stopwatch.GetTimestamp();

        // Refers to itself without going into the value.
        Validate("""{"$ref":"#"}""", "1")[0].Problem.ShouldContain("refers to itself");
        Validate("""{"allOf":[{"$ref":"#"},{"$ref":"#"}]}""", "1").ShouldNotBeEmpty();

        // Each level asks twice.
        var defs = string.Join(',', Enumerable.Range(0, 60).Select(i => $$"""
            "d{{i}}":{"anyOf":[{"$ref":"#/$defs/d{{i + 1}}"},{"$ref":"#/$defs/d{{i + 1}}"}]}
            """));
        Validate("""{"$ref":"#/$defs/d0","$defs":{DEFS,"d60":{"type":"string"}}}""".Replace("DEFS", defs, StringComparison.Ordinal), "1")[0].Problem.ShouldContain("steps to check");

        // A pattern that backtracks without end where it may, and one that has to.
        var text = $"\"{new string('a', 50_000)}!\"";
        Validate("""{"pattern":"^(a+)+$"}""", text).ShouldHaveSingleItem();
        Validate("""{"pattern":"^(?=a)(a+)+$"}""", text)[0].Problem.ShouldContain("takes too long");

        // Many elements, all different.
        Validate("""{"uniqueItems":true}""", $"[{string.Join(',', Enumerable.Range(0, 100_000))}]").ShouldBeEmpty();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Schemas_that_are_too_large_or_too_deep_are_refused()
    {
        string[] large =
        [
            string.Concat(Enumerable.Repeat("""{"not":""", 900)) + "true" + new string('}', 900),
            $$$"""{"properties":{ {{{string.Join(',', Enumerable.Range(0, 25_000).Select(i => $"\"p{i}\":true"))}}} }}""",
        ];
        foreach (var schema in large)
        {
            CompiledSchema.TryCompile(JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement, out _, out var problem).ShouldBeFalse();
            problem.ShouldContain("Simplify it");
        }
    }

    [Fact]
    public void A_cancelled_validation_ends()
    {
        CompiledSchema.TryCompile(JsonDocument.Parse("""{"items":{"type":"integer"}}""").RootElement, out var schema, out _).ShouldBeTrue();
        using var value = JsonDocument.Parse($"[{string.Join(',', Enumerable.Range(0, 10_000))}]");
        Should.Throw<OperationCanceledException>(() => schema.Validate(value.RootElement, SchemaLimits.Default, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Whatever_is_in_a_schema_it_is_compiled_or_refused() =>
        Prop.ForAll(Schemas(3).ToArbitrary(), text =>
        {
            using var document = JsonDocument.Parse(text);
            if (CompiledSchema.TryCompile(document.RootElement, out var schema, out var problem))
            {
                using var value = JsonDocument.Parse("""{"a":[1,"x",null,{"a":{}}],"b":"y"}""");
                schema.Validate(value.RootElement, SchemaLimits.Default, default).ShouldAllBe(violation => violation.ToString().EndsWith('.'));
                return true;
            }

            return problem.EndsWith('.');
        }).Hold();

    private static FsCheck.Gen<string> Schemas(int depth)
    {
        var leaf = Gen.Elements("true", "false", "1", "\"string\"", "\"object\"", "[]", "null", "\"#\"", "\"#/$defs/a\"", "\"a\"", "[\"a\"]", "\"(\"", "\"^x$\"", "-1", "\"#a\"");
        var name = Gen.Elements(
            "type", "properties", "items", "prefixItems", "allOf", "anyOf", "not", "$ref", "$defs", "required", "enum", "const", "pattern", "minItems", "additionalProperties", "$id", "$anchor",
            "$dynamicRef", "$dynamicAnchor", "contains", "unevaluatedProperties", "unevaluatedItems", "dependencies", "patternProperties", "propertyNames", "if", "then", "a");
        var inner = depth == 0 ? leaf : Gen.OneOf(leaf, Schemas(depth - 1), Schemas(depth - 1).ArrayOf(2).Select(items => $"[{string.Join(',', items)}]"));
        return Gen.Zip(name, inner).ArrayOf(4).Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");
    }

    private static IReadOnlyList<SchemaViolation> Validate(string schema, string value)
    {
        CompiledSchema.TryCompile(JsonDocument.Parse(schema).RootElement, out var compiled, out var problem).ShouldBeTrue(problem);
        using var document = JsonDocument.Parse(value);
        return compiled.Validate(document.RootElement, SchemaLimits.Default, default);
    }
}
