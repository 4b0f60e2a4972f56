using System.Text.Json;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Tests;

public sealed class ToolDeclarationTests
{
    public static TheoryData<string> Names => [.. ToolCatalog.Tools.Select(static tool => tool.Name)];

    [Fact]
    public void There_are_nineteen() => ToolCatalog.Tools.Select(static tool => tool.Name).Distinct().Count().ShouldBe(19);

    [Fact]
    public void The_input_schema_is_what_a_person_would_write() =>
        Find("list_accounts").InputSchema.GetRawText().ShouldBe(
            """{"type":"object","properties":{"limit":{"description":"Accounts to answer at most; there is a next_token where there are more.","type":"integer","default":100,"minimum":1,"maximum":1000},"next_token":{"description":"next_token of a truncated answer, to go on where it ended; the other arguments stay the same.","type":"string"},"check_access":{"description":"Also try the way into each active account, and tell whether it is reachable and if not why.","type":"boolean","default":false}},"additionalProperties":false}""");

    [Fact]
    public void Required_are_the_arguments_without_a_default_and_of_account_and_accounts_the_tool_says_that_it_needs_one()
    {
        Find("get_s3_bucket_info").InputSchema.GetProperty("required").GetRawText().ShouldBe("""["bucket"]""");
        var schema = Find("describe_ec2_instances").InputSchema;
        schema.TryGetProperty("required", out _).ShouldBeFalse();
        schema.GetProperty("properties").GetProperty("region").GetProperty("default").GetString().ShouldBe("us-east-1");
        schema.GetProperty("properties").GetProperty("filters").GetProperty("items").GetProperty("required").GetRawText().ShouldBe("""["Name","Values"]""");
    }

    [Fact]
    public void The_default_region_is_the_one_that_CentralOps_runs_in()
    {
        RegionName.TryParse("eu-central-1", out var home).ShouldBeTrue();
        var declared = ToolCatalog.Declare(home).Single(static tool => tool.Name == "list_lambda_functions");
        declared.InputSchema.GetProperty("properties").GetProperty("region").GetProperty("default").GetString().ShouldBe("eu-central-1");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tool_is_fully_declared(string name)
    {
        var declaration = Find(name);
        declaration.Description.Length.ShouldBeInRange(20, 200);
        declaration.Description.ShouldEndWith(" Read-only.");
        declaration.ReadOnlyHint.ShouldBeTrue();
        SessionPolicy.TryMake(name, declaration.Operations, out var policy, out _).ShouldBeTrue();
        policy.Document.Length.ShouldBeLessThanOrEqualTo(SessionPolicy.MaxCharacters);
        var properties = declaration.InputSchema.GetProperty("properties");
        JsonDocument.Parse(declaration.Example).RootElement.EnumerateObject().Select(static argument => argument.Name)
            .ShouldBeSubsetOf(properties.EnumerateObject().Select(static property => property.Name));
        properties.EnumerateObject().ShouldAllBe(static property => property.Value.GetProperty("description").GetString()!.Length > 10);
    }

    [Fact]
    public void The_IAM_statement_holds_the_actions_of_the_declared_operations() =>
        IamStatement.For(Find("describe_ec2_instances")).GetRawText().ShouldBe("""{"Effect":"Allow","Action":["ec2:DescribeInstances","ec2:DescribeRegions"],"Resource":"*"}""");

    [Fact]
    public void The_output_schema_admits_answer_and_refusal()
    {
        var alternatives = Find("describe_ec2_instances").OutputSchema.GetProperty("anyOf");
        alternatives[0].GetProperty("required").GetRawText().ShouldBe("""["account_id","region","instance_count","instances","truncated","next_token","failures"]""");
        alternatives[1].GetProperty("required").GetRawText().ShouldBe("""["error"]""");
    }

    [Fact]
    public void What_is_answered_of_a_resource_has_the_types_of_AWSs_model()
    {
        var instance = Find("describe_ec2_instances").OutputSchema.GetProperty("anyOf")[0].GetProperty("properties").GetProperty("instances").GetProperty("items");
        instance.GetProperty("properties").GetProperty("State").GetRawText().ShouldBe(
            """{"description":"pending, running, shutting-down, terminated, stopping or stopped.","type":["string","null"]}""");
        instance.GetProperty("properties").GetProperty("Tags").GetRawText().ShouldBe("""{"type":"object","additionalProperties":{"type":"string"}}""");
        instance.GetProperty("properties").EnumerateObject().Count().ShouldBe(10);
        instance.TryGetProperty("required", out _).ShouldBeFalse("with fields a caller chooses some");
    }

    private static ToolDeclaration Find(string name) => ToolCatalog.Declarations.Single(declaration => declaration.Name == name);
}
