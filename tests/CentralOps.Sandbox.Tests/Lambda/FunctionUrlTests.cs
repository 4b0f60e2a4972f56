using System.Net;
using System.Text.Json;
using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Tests.Lambda;

/// <summary>Function URLs with AWS_IAM.</summary>
public sealed class FunctionUrlTests : IAsyncLifetime
{
    private readonly FunctionDefinition _function = FunctionProcesses.Definition("central-ops-url") with { HasUrl = true };
    private SandboxServer _server = null!;
    private string _path = "";

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        _server.Deploy(_function);
        _server.Deploy(FunctionProcesses.Definition("central-ops-plain"));
        _path = _server.FunctionUrlOf(_function).AbsolutePath;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [PythonFact]
    public async Task A_function_gets_payload_format_2_with_the_path_behind_its_url_and_the_caller()
    {
        var gateway = _server.SessionOf("arn:aws:iam::111111111111:role/CentralOpsGatewayRole", "gateway", TimeSpan.FromHours(1));

        var answer = await SendAsync(gateway, _path + "mcp?a=b", "not json");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        var seen = JsonSerializer.Deserialize<JsonElement>(answer.Body).GetProperty("event");
        seen.GetProperty("version").GetString().ShouldBe("2.0");
        seen.GetProperty("rawPath").GetString().ShouldBe("/mcp");
        seen.GetProperty("rawQueryString").GetString().ShouldBe("a=b");
        seen.GetProperty("body").GetString().ShouldBe("not json");
        seen.GetProperty("headers").TryGetProperty("authorization", out _).ShouldBeFalse();
        var context = seen.GetProperty("requestContext");
        context.GetProperty("http").GetProperty("method").GetString().ShouldBe("POST");
        context.GetProperty("authorizer").GetProperty("iam").GetProperty("userArn").GetString().ShouldBe("arn:aws:sts::111111111111:assumed-role/CentralOpsGatewayRole/gateway");
        _server.Trail.Find(new TrailQuery(Operation: "InvokeFunctionUrl")).ShouldHaveSingleItem().Resource.ShouldBe("arn:aws:lambda:us-east-1:111111111111:function:central-ops-url");
    }

    [PythonFact]
    public async Task Its_answer_is_a_response_with_status_headers_and_body_or_any_json()
    {
        var whole = await SendAsync(_server.Operator, _path, """{"statusCode": 418, "headers": {"X-Tea": "green", "Connection": "close", "X-Bad": "a\r\nb"}, "body": "aGVsbG8=", "isBase64Encoded": true}""");
        whole.Status.ShouldBe((HttpStatusCode)418);
        whole.Body.ShouldBe("hello");
        whole.Headers.GetValues("X-Tea").ShouldBe(["green"]);
        whole.Headers.Contains("X-Bad").ShouldBeFalse();

        var bare = await SendAsync(_server.Operator, _path, """{"any": "json"}""");
        bare.Status.ShouldBe(HttpStatusCode.OK);
        JsonSerializer.Deserialize<JsonElement>(bare.Body).GetProperty("any").GetString().ShouldBe("json");

        (await SendAsync(_server.Operator, _path, """{"statusCode": 9999}""")).Status.ShouldBe(HttpStatusCode.BadGateway);
    }

    [PythonFact]
    public async Task Nobody_without_both_permissions_gets_in_and_an_unknown_url_reads_alike()
    {
        var stranger = await Signed.SessionAsync(_server, "222222222222");
        using var http = new HttpClient();
        using var unsigned = await http.PostAsync(new Uri(_server.Url, _path), null);

        unsigned.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var refused = await SendAsync(stranger, _path, "{}");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        var unknown = await SendAsync(_server.Operator, "/lambda-url/00000000000000000000000000000000/", "{}");
        unknown.Status.ShouldBe(HttpStatusCode.Forbidden);
        unknown.Body.ShouldBe(refused.Body);
        var without = await SendAsync(_server.Operator, _server.FunctionUrlOf(FunctionProcesses.Definition("central-ops-plain")).AbsolutePath, "{}");
        without.Body.ShouldBe(refused.Body);
        (await SendAsync(_server.Operator with { SecretAccessKey = "wrong" }, _path, "{}")).Headers.GetValues("x-amzn-ErrorType").ShouldBe(["InvalidSignatureException"]);
        // One of the two is not enough.
        var half = await Signed.AssumeAsync(_server, _server.Operator, "111111111111", "&Policy=" + Uri.EscapeDataString("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunctionUrl","Resource":"*"}]}"""));
        half.Status.ShouldBe(HttpStatusCode.OK);
        var keys = new AwsCredentials(half.Element("AccessKeyId"), half.Element("SecretAccessKey"), half.Element("SessionToken"));
        (await SendAsync(keys, _path, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<Answer> SendAsync(AwsCredentials credentials, string path, string body)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? Signed.SendAsync(_server, credentials, "lambda", path, body) : Signed.SendAsync(_server, credentials, "lambda", path[..mark], body, query: path[(mark + 1)..]);
    }
}
