using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Models;
using CentralOps.Tools;

namespace CentralOps.Laws.Tests;

public sealed class ToolTests
{
    public static TheoryData<string> Tools => [.. Tools_.Select(tool => tool.Name)];

    private static IReadOnlyList<ToolDeclaration> Tools_ => CentralOps.Tools.ToolCatalog.Declarations;

    [Fact]
    public void There_are_tools() => Tools_.ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(Tools))]
    public void A_tool_declares_its_operations_and_every_one_of_them_reads_metadata(string name)
    {
        var tool = Tools_.Single(candidate => candidate.Name == name);
        tool.Operations.ShouldNotBeEmpty();
        foreach (var operation in tool.Operations)
        {
            OperationTable.TryFind(operation, out var row).ShouldBeTrue($"{operation} has no row: it is a write");
            row!.Class.ShouldBeOneOf(OperationClass.MetadataRead, OperationClass.GuardedRead);
            row.Actions.ShouldNotBeEmpty();
            var parts = operation.Split(':');
            ModelLibrary.Service(parts[0]).TryGetOperation(parts[1], out _).ShouldBeTrue($"{operation} is in no model");
        }
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void A_tool_has_words_an_example_and_a_name_that_stays_short_behind_a_target(string name)
    {
        var tool = Tools_.Single(candidate => candidate.Name == name);
        tool.Description.Length.ShouldBeInRange(20, 200);
        tool.Example.ShouldStartWith("{");
        $"{tool.Subject}___{tool.Name}".Length.ShouldBeLessThanOrEqualTo(64, "Bedrock takes no longer name");
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void The_schemas_that_agentcore_gets_have_its_five_keywords_only(string name)
    {
        var tool = Tools_.Single(candidate => candidate.Name == name);
        string[] allowed = ["type", "properties", "required", "items", "description"];
        foreach (var schema in new[] { FiveKeywordSchema.Reduce(tool.InputSchema), FiveKeywordSchema.Reduce(tool.OutputSchema) })
        {
            Keywords(schema).Except(allowed).ShouldBeEmpty();
        }
    }

    private static IEnumerable<string> Keywords(System.Text.Json.JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            yield return keyword.Name;
            var inner = keyword.Name switch
            {
                "properties" => keyword.Value.EnumerateObject().SelectMany(property => Keywords(property.Value)),
                "items" => Keywords(keyword.Value),
                _ => [],
            };
            foreach (var name in inner)
            {
                yield return name;
            }
        }
    }
}
