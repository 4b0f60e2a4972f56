using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Gateway.Control.Validation;
using CentralOps.Gateway.Tests.Control.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Validation;

/// <summary>Input against the model, as clients see it.</summary>
public sealed class ValidationTests : IAsyncLifetime
{
    private TestControl _control = null!;

    public async Task InitializeAsync() => _control = await TestControl.StartAsync();

    public async Task DisposeAsync() => await _control.DisposeAsync();

    [Theory]
    [InlineData("""{"roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM"}""", "name", "Value at 'name' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"name":"a--b","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM"}""", "name", "Value 'a--b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ([0-9a-zA-Z][-]?){1,48}")]
    [InlineData("""{"name":"a\n","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM"}""", "name", "Member must satisfy regular expression pattern")]
    [InlineData("""{"name":"٣","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM"}""", "name", "Value '٣' at 'name'")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:user/x","authorizerType":"AWS_IAM"}""", "roleArn", "regular expression pattern: arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"IAM"}""", "authorizerType", "Value 'IAM' at 'authorizerType' failed to satisfy constraint: Member must satisfy enum value set: [CUSTOM_JWT, AWS_IAM, NONE, AUTHENTICATE_ONLY]")]
    [InlineData("""{"name":7,"roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM"}""", "name", "Member must be a string")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","protocolConfiguration":{"mcp":{"sessionConfiguration":{"sessionTimeoutInSeconds":899}}}}""", "protocolConfiguration.mcp.sessionConfiguration.sessionTimeoutInSeconds", "Value '899' at 'protocolConfiguration.mcp.sessionConfiguration.sessionTimeoutInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","protocolConfiguration":{"mcp":{"sessionConfiguration":{"sessionTimeoutInSeconds":900.5}}}}""", "protocolConfiguration.mcp.sessionConfiguration.sessionTimeoutInSeconds", "Member must be a whole number")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","protocolConfiguration":{}}""", "protocolConfiguration", "Member must have exactly one of: [mcp]")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","protocolConfiguration":{"grpc":{}}}""", "protocolConfiguration.grpc", "Member must be one of: [mcp]")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","interceptorConfigurations":[]}""", "interceptorConfigurations", "Member must have length greater than or equal to 1")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","interceptorConfigurations":[null]}""", "interceptorConfigurations.0", "Member must not be null")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","tags":{"a$":"b"}}""", "tags.a$", "Value 'a$' at 'tags.a$'")]
    [InlineData("""{"name":"a","roleArn":"arn:aws:iam::111111111111:role/x","authorizerType":"AWS_IAM","clientToken":"short"}""", "clientToken", "Member must have length greater than or equal to 33")]
    public async Task What_is_wrong_is_named_in_AWSs_words(string body, string field, string message)
    {
        var refused = (await _control.SendAsync("POST", "/gateways/", body)).Is(400, "ValidationException");
        refused.Reason.ShouldBe("FieldValidationFailed");
        refused.Fields.ShouldContain(field);
        refused.Message.ShouldMatch("^[0-9]+ validation errors? detected: ");
        refused.Message.ShouldContain(message);
        ((string)refused.Json["fieldList"]![refused.Fields.ToList().IndexOf(field)]!["message"]!).ShouldContain(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("{\"tags\":{\"a\":\"b\",\"a\":\"c\"}}")]
    [InlineData("{\"unknown\":\"\\ud800\"}")]
    [InlineData("{\"unknown\":\"a\\u0000b\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"a\":1}trailing")]
    [InlineData("{'name':'a'}")]
    [InlineData("{\"a\":NaN}")]
    public async Task What_is_no_JSON_object_cannot_be_parsed(string body)
    {
        var refused = (await _control.SendAsync("POST", "/gateways/", body)).Is(400, "ValidationException");
        refused.Reason.ShouldBe(body.Length == 0 ? "FieldValidationFailed" : "CannotParse");
        refused.Text.ShouldNotContain("System.");
    }

    [Fact]
    public async Task What_is_nested_too_deep_is_refused_and_not_UTF_8_too()
    {
        var deep = $$"""{"a":{{new string('[', 5000)}}{{new string(']', 5000)}}}""";
        (await _control.SendAsync("POST", "/gateways/", deep)).Is(400, "ValidationException").Reason.ShouldBe("CannotParse");
        var latin = await _control.SendAsync("POST", "/gateways/", shape: request => request.Content = new ByteArrayContent([(byte)'{', (byte)'"', 0xE9, (byte)'"', (byte)':', (byte)'1', (byte)'}']));
        latin.Is(400, "ValidationException").Message.ShouldContain("UTF-8");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_but_not_without_end()
    {
        var tags = string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"${i}\":\"$\""));
        var refused = (await _control.SendAsync("POST", "/gateways/", $$$"""{"name":"_","tags":{ {{{tags}}} }}""")).Is(400, "ValidationException");
        refused.Fields.Count.ShouldBe(50);
        refused.Fields.ShouldContain("name");
        refused.Text.Length.ShouldBeLessThan(40_000);
    }

    [Fact]
    public async Task Values_are_shortened_made_printable_and_secrets_are_not_told()
    {
        var refused = (await _control.SendAsync("POST", "/gateways/", $$"""{"name":"x\u001b[31m\u202e{{new string('y', 5000)}}","roleArn":"r","authorizerType":"NONE"}""")).Is(400, "ValidationException");
        refused.Text.ShouldNotContain("\\u001b");
        refused.Text.ShouldNotContain("\u202e");
        refused.Text.Length.ShouldBeLessThan(2000);

        var secret = new string('S', 70_000);
        var key = (await _control.SendAsync("POST", "/identities/CreateApiKeyCredentialProvider", $$"""{"name":"k","apiKey":"{{secret}}"}""")).Is(400, "ValidationException");
        key.Fields.ShouldBe(["apiKey"]);
        key.Text.ShouldNotContain("SSSS");
        var oauth = (await _control.SendAsync("POST", "/identities/CreateOauth2CredentialProvider", $$"""
            {"name":"k","credentialProviderVendor":"GoogleOauth2","oauth2ProviderConfigInput":{"googleOauth2ProviderConfig":{"clientId":"c","clientSecret":"{{secret[..3000]}}"} } }
            """)).Is(400, "ValidationException");
        oauth.Fields.ShouldBe(["oauth2ProviderConfigInput.googleOauth2ProviderConfig.clientSecret"]);
        oauth.Text.ShouldNotContain("SSSS");
        _control.Logs.Lines.ShouldAllBe(line => !line.Text.Contains("SSSS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_that_the_model_does_not_know_are_kept_and_returned()
    {
        var created = await _control.DoAsync("POST", "/gateways/", TestControl.Gateway("new", more: ""","newMember":{"deep":[1,{"x":null}]},"protocolConfiguration":{"mcp":{"newMode":"FAST","instructions":null}}"""));
        var got = await _control.UntilAsync($"/gateways/{created["gatewayId"]}/", "READY");
        got["newMember"]!.ToJsonString().ShouldBe("""{"deep":[1,{"x":null}]}""");
        got["protocolConfiguration"]!.ToJsonString().ShouldBe("""{"mcp":{"newMode":"FAST"}}""");
    }

    [Theory]
    [InlineData("enum", "[\"a\"]")]
    [InlineData("default", "1")]
    [InlineData("format", "\"date\"")]
    [InlineData("oneOf", "[]")]
    [InlineData("additionalProperties", "false")]
    [InlineData("minimum", "0")]
    public async Task A_tools_schema_has_five_keywords(string keyword, string value)
    {
        var id = await _control.GatewayAsync();
        var tool = $$$$$$"""{"name":"t","description":"d","inputSchema":{"type":"object","properties":{"p":{"type":"array","items":{"type":"string","{{{{{{keyword}}}}}}":{{{{{{value}}}}}}}}}}}""";
        var refused = (await _control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Lambda("t", tool))).Is(400, "ValidationException");
        refused.Fields.ShouldBe([$"targetConfiguration.mcp.lambda.toolSchema.inlinePayload.0.inputSchema.properties.p.items.{keyword}"]);
        refused.Message.ShouldContain("[type, properties, required, items, description]");
    }

    [Theory]
    [InlineData("""{"name":"a b","description":"d","inputSchema":{"type":"object"}}""", "must be letters, digits")]
    [InlineData("""{"name":"a","description":"","inputSchema":{"type":"object"}}""", "needs a description")]
    [InlineData("""{"name":"a","description":"d","inputSchema":{"type":"string"}}""", "'type' must be \"object\" at the top")]
    [InlineData("""{"name":"a","description":"d","inputSchema":{"type":"object"}},{"name":"a","description":"d","inputSchema":{"type":"object"}}""", "Two tools have the name 'a'")]
    public async Task A_tool_that_could_not_be_served_is_refused(string tools, string message)
    {
        var id = await _control.GatewayAsync();
        (await _control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Lambda("t", tools))).Is(400, "ValidationException").Message.ShouldContain(message);
    }

    [Fact]
    public async Task An_inline_schema_has_a_megabyte_at_most_and_a_target_a_thousand_tools()
    {
        var id = await _control.GatewayAsync();
        var large = $$$"""{"name":"t","description":"{{{new string('d', 1024 * 1024)}}}","inputSchema":{"type":"object"}}""";
        (await _control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Lambda("t", large))).Is(400, "ValidationException").Message.ShouldContain("the limit is 1048576");
        var many = string.Join(',', Enumerable.Range(0, 1001).Select(i => $$$"""{"name":"t{{{i}}}","description":"d","inputSchema":{"type":"object"}}"""));
        (await _control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Lambda("t", many))).Is(400, "ValidationException").Message.ShouldContain("1001 tools");
    }

    [Fact]
    public void Every_pattern_of_the_model_compiles_and_every_constraint_is_read()
    {
        var model = ModelLibrary.Service("bedrock-agentcore-control");
        var seen = new HashSet<Shape>();
        foreach (var operation in model.OperationNames.Select(model.Operation))
        {
            Visit(operation.Input, seen);
            Visit(operation.Output, seen);
        }

        var patterns = seen.Select(shape => (shape, Constraints.Instance.Of(shape.Name).Pattern)).Where(pair => pair.Pattern is not null).ToList();
        patterns.Count.ShouldBeGreaterThan(60);
        foreach (var (shape, pattern) in patterns)
        {
            pattern!.Matches("\n\u0663 ").ShouldBe(shape.Name is "NonBlankString", $"{shape.Name}: {pattern.Text}");
        }

        Constraints.Instance.Shapes.Count().ShouldBeGreaterThan(150);
        Constraints.Instance.Of("GatewayDescription").ShouldBe(new Constraint(1, 200, null));
        Constraints.Instance.Of("NoSuchShape").ShouldBe(Constraint.None);
    }

    [Theory]
    [InlineData("GatewayName", "a-b-C9", true)]
    [InlineData("GatewayName", "-a", false)]
    [InlineData("GatewayName", "a_b", false)]
    [InlineData("LambdaFunctionArn", "arn:aws:lambda:us-east-1:111111111111:function:a.b_c-d:$LATEST", true)]
    [InlineData("LambdaFunctionArn", "arn:aws:lambda:us-east-1:11111111111:function:a", false)]
    [InlineData("LambdaFunctionArn", "arn:aws:lambda:us-east-\u0661:111111111111:function:a", false)]
    [InlineData("S3BucketUri", "s3://b/k", true)]
    [InlineData("S3BucketUri", "s3://", false)]
    [InlineData("AllowedScopeType", "a:b/c", true)]
    [InlineData("AllowedScopeType", "a b", false)]
    [InlineData("AllowedScopeType", "a\"b", false)]
    [InlineData("TagKey", "a b", true)]
    [InlineData("TagKey", "a\u00a0b", false)]
    [InlineData("OAuthDefaultReturnUrl", "https://x/y", true)]
    [InlineData("OAuthDefaultReturnUrl", "https://x y", false)]
    public void A_pattern_means_what_it_means_in_Java(string shape, string value, bool matches) => Constraints.Instance.Of(shape).Pattern!.Matches(value).ShouldBe(matches);

    [Fact]
    public void No_pattern_can_be_made_to_hang()
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var shape in Constraints.Instance.Shapes)
        {
            if (Constraints.Instance.Of(shape).Pattern is { } pattern)
            {
                pattern.Matches("a" + new string('-', 3000) + "!");
                pattern.Matches(new string('a', 3000) + "\u0001");
                pattern.Matches("s3://" + new string('/', 3000));
            }
        }

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    private static void Visit(Shape? shape, HashSet<Shape> seen)
    {
        if (shape is null || !seen.Add(shape))
        {
            return;
        }

        foreach (var member in shape.Members)
        {
            Visit(member.Shape, seen);
        }

        Visit(shape.Element?.Shape, seen);
        Visit(shape.Key?.Shape, seen);
        Visit(shape.Value?.Shape, seen);
    }
}
