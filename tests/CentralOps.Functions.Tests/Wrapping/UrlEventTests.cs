using System.Text;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Functions.Wrapping;
using CentralOps.Proxy.Wrapping;

namespace CentralOps.Functions.Tests.Wrapping;

/// <summary>A function URL's events and answers, and whom they are believed to come from.</summary>
public sealed class UrlEventTests
{
    [Fact]
    public void A_request_is_read_with_its_method_path_headers_body_and_user()
    {
        UrlEvent.TryRead(Bytes("""
            {"version":"2.0","rawPath":"/mcp","headers":{"mcp-protocol-version":"2025-11-25","x":7},"body":"eyJhIjoxfQ==","isBase64Encoded":true,
             "requestContext":{"http":{"method":"POST"},"authorizer":{"iam":{"userArn":"arn:aws:iam::111111111111:user/Operator"}}}}
            """), out var read).ShouldBeTrue();

        read.Request.Method.ShouldBe("POST");
        read.Request.Path.ShouldBe("/mcp");
        read.Request.Headers["MCP-Protocol-Version"].ToString().ShouldBe("2025-11-25");
        Encoding.UTF8.GetString(read.Request.Body.Span).ShouldBe("""{"a":1}""");
        read.UserArn.ShouldBe("arn:aws:iam::111111111111:user/Operator");
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"version":"1.0","rawPath":"/","requestContext":{"http":{"method":"GET"}}}""")]
    [InlineData("""{"version":"2.0","requestContext":{"http":{"method":"GET"}}}""")]
    [InlineData("""{"version":"2.0","rawPath":"/","requestContext":{"http":[]}}""")]
    [InlineData("""{"version":"2.0","version":"2.0","rawPath":"/","requestContext":{"http":{"method":"GET"}}}""")]
    [InlineData("""{"version":"2.0","rawPath":"/","body":"%%%","isBase64Encoded":true,"requestContext":{"http":{"method":"GET"}}}""")]
    public void What_is_no_such_request_is_not_taken_for_one(string json) => UrlEvent.TryRead(Bytes(json), out _).ShouldBeFalse();

    [Fact]
    public void An_answer_has_status_type_and_body_and_none_of_them_where_there_is_nothing_to_say()
    {
        var whole = JsonSerializer.Deserialize<JsonElement>(UrlEvent.Write(new WrapperResponse(200, Bytes("""{"a":"ü"}"""))).Span);
        whole.GetProperty("statusCode").GetInt32().ShouldBe(200);
        whole.GetProperty("body").GetString().ShouldBe("""{"a":"ü"}""");
        JsonSerializer.Deserialize<JsonElement>(UrlEvent.Write(WrapperResponse.Accepted).Span).TryGetProperty("body", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false, false, "local")]
    [InlineData(false, true, "unidentified")]
    [InlineData(true, false, "arn:aws:iam::111111111111:user/Operator")]
    [InlineData(true, true, "arn:aws:iam::111111111111:user/Operator")]
    public void Whom_lambda_names_is_believed_where_a_setting_says_so(bool trusts, bool demands, string principal) =>
        new UrlCallers(trusts, demands).Of("arn:aws:iam::111111111111:user/Operator").Principal.ShouldBe(principal);

    [Fact]
    public void Where_lambda_is_to_name_somebody_and_does_not_nobody_calls() => new UrlCallers(trusts: true, demandsIdentity: false).Of(null).ShouldBe(Caller.Unidentified);

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
