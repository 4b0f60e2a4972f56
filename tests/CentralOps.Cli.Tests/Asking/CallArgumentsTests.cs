using System.Text.Json;
using CentralOps.Cli.Asking;

namespace CentralOps.Cli.Tests.Asking;

public sealed class CallArgumentsTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""
        {"type": "object", "properties": {
            "account_id": {"type": "string"}, "region": {"type": "string"}, "limit": {"type": "integer"}, "check_access": {"type": "boolean"},
            "instance_ids": {"type": "array", "items": {"type": "string"}}, "ports": {"type": "array", "items": {"type": "integer"}},
            "filters": {"type": "array", "items": {"type": "object"}}}}
        """).RootElement;

    [Fact]
    public void Values_get_the_type_that_the_schema_gives_them()
    {
        var arguments = Build("limit=10", "check_access=true", "account_id=012345678901");
        arguments["limit"].GetInt32().ShouldBe(10);
        arguments["check_access"].GetBoolean().ShouldBeTrue();
        arguments["account_id"].GetString().ShouldBe("012345678901");
    }

    [Fact]
    public void A_list_is_repeated_or_written_as_json()
    {
        Build("instance_ids=i-1", "instance_ids=i-2")["instance_ids"].GetRawText().ShouldBe("""["i-1","i-2"]""");
        Build("ports=22", "ports=443")["ports"].GetRawText().ShouldBe("[22,443]");
        Build("""filters=[{"Name":"a","Values":["b=c"]}]""")["filters"][0].GetProperty("Values")[0].GetString().ShouldBe("b=c");
    }

    [Fact]
    public void A_name_that_the_tool_does_not_take_is_refused_with_the_nearest() =>
        Should.Throw<CommandFailedException>(() => Build("limti=5")).Message.ShouldBe("The tool has no argument 'limti': did you mean limit?");

    [Fact]
    public void Options_are_put_over_the_json()
    {
        var arguments = CallArguments.Build(Schema, """{"account_id": "1", "limit": 5}""", "Production", "eu-west-1", ["limit=6"]);
        arguments["account_id"].GetString().ShouldBe("Production");
        arguments["region"].GetString().ShouldBe("eu-west-1");
        arguments["limit"].GetInt32().ShouldBe(6);
    }

    [Theory]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit", "name=value")]
    [InlineData("=x", "name=value")]
    [InlineData("check_access=1", "check_access")]
    [InlineData("filters=[{", "filters")]
    public void A_wrong_value_is_a_usage_error_that_names_the_argument(string pair, string word)
    {
        var failed = Should.Throw<CommandFailedException>(() => Build(pair));
        failed.ExitCode.ShouldBe(ExitCode.Usage);
        failed.Message.ShouldContain(word);
        failed.Message.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("""{"a":1,"a":2}""")]
    public void Json_that_is_no_object_is_a_usage_error(string json) =>
        Should.Throw<CommandFailedException>(() => CallArguments.Build(Schema, json, null, null, [])).ExitCode.ShouldBe(ExitCode.Usage);

    private static Dictionary<string, JsonElement> Build(params string[] pairs) => CallArguments.Build(Schema, null, null, null, pairs);
}
