using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Schemas;

public sealed class SchemaConfigurationTests
{
    [Theory]
    [InlineData("""{"type":"object","additionalProperties":false}""", "additionalProperties")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","enum":["x"]}}}""", "'enum'")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"string","format":"date"}}}}""", "'format'")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","default":"x"}}}""", "ec2___echo.a: the keyword 'default'")]
    [InlineData("""{"type":"string"}""", "'type' must be \"object\" at the top")]
    [InlineData("""{"properties":{}}""", "'type' must be one of")]
    [InlineData("""{"type":["object","null"]}""", "'type' must be one of")]
    [InlineData("""{"type":"null"}""", "'type' must be one of")]
    [InlineData("""true""", "a schema must be a JSON object")]
    [InlineData("""{"type":"object","properties":[]}""", "'properties' must be a JSON object")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","properties":{}}}}""", "'properties' belongs to the schema of an object only")]
    [InlineData("""{"type":"object","items":{"type":"string"}}""", "'items' belongs to the schema of an array only")]
    [InlineData("""{"type":"object","required":"a"}""", "'required' must be a list of names")]
    [InlineData("""{"type":"object","required":["a","a"]}""", "'required' must be a list of property names, each once")]
    [InlineData("""{"type":"object","required":[1]}""", "'required' must be a list of property names, each once")]
    [InlineData("""{"type":"object","description":7}""", "'description' must be a string")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"a":{"type":"integer"}}}""", "twice")]
    public async Task A_schema_beyond_the_five_keywords_is_refused_at_configuration_and_the_keyword_named(string schema, string said)
    {
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo", schema)));

        var refused = await Should.ThrowAsync<GatewayStartException>(() => TestGateway.StartAsync(TestGateway.Options(config)));

        refused.Message.ShouldContain("ec2___echo");
        refused.Message.ShouldContain(said);
    }

    [Fact]
    public async Task An_output_schema_is_held_to_the_same_keywords_even_while_it_is_not_listed()
    {
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo", output: """{"type":"object","oneOf":[]}""")));

        (await Should.ThrowAsync<GatewayStartException>(() => TestGateway.StartAsync(TestGateway.Options(config)))).Message.ShouldContain("'oneOf'");
    }

    [Fact]
    public async Task A_schema_nested_without_end_is_refused()
    {
        var schema = string.Concat(Enumerable.Repeat("""{"type":"object","properties":{"a":""", 40)) + """{"type":"string"}""" + new string('}', 80);
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo", schema)));

        (await Should.ThrowAsync<GatewayStartException>(() => TestGateway.StartAsync(TestGateway.Options(config)))).Message.ShouldContain("nested");
    }
}
