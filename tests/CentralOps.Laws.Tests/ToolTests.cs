using CentralOps.Accounts.ReadOnly;
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
    public void A_tool_declares_its_operations_and_every_one_of_them_reads_metadata(string name) =>
        ToolLaw.Breaches(Tools_.Single(candidate => candidate.Name == name)).ShouldBeEmpty();

    [Theory]
    [InlineData("lambda:Invoke", "is a Write")]
    [InlineData("sts:AssumeRole", "is a SecretRead")]
    [InlineData("sso:GetRoleCredentials", "is a SecretRead")]
    [InlineData("sso:ListAccounts", "cannot be confined")]
    [InlineData("ec2:TerminateInstances", "has no row")]
    [InlineData("ec2:describeinstances", "has no row")]
    [InlineData("EC2:DescribeInstances", "has no row")]
    [InlineData("ec2:DescribeInstances ", "has no row")]
    [InlineData("ec2:Describe*", "has no row")]
    [InlineData("*", "has no row")]
    [InlineData("", "has no row")]
    public void A_tool_that_also_declares_what_does_not_read_metadata_breaks_the_law(string operation, string how)
    {
        foreach (var tool in Tools_)
        {
            ToolLaw.Breaches(tool with { Operations = [.. tool.Operations, operation] }).ShouldHaveSingleItem().ShouldContain(how);
            SessionPolicy.TryMake(tool.Name, [.. tool.Operations, operation], out _, out _).ShouldBeFalse("the way in refuses what the law refuses");
        }

        ToolLaw.Breaches(Tools_[0] with { Operations = [] }).ShouldHaveSingleItem().ShouldContain("no operation");
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
