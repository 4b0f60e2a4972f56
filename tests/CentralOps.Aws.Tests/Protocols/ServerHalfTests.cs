using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols;

public sealed class ServerHalfTests
{
    private static readonly ServiceModel Ec2 = ModelLibrary.Service("ec2");
    private static readonly ServiceModel Sts = ModelLibrary.Service("sts");
    private static readonly ServiceModel Organizations = ModelLibrary.Service("organizations");
    private static readonly ServiceModel Lambda = ModelLibrary.Service("lambda");

    [Fact]
    public void Answers_look_as_AWS_writes_them()
    {
        Answer(Sts, "GetCallerIdentity", """{"Account":"1","Arn":"a"}""").Body.Text().ShouldBe(
            """<?xml version="1.0" encoding="utf-8"?><GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">"""
            + "<GetCallerIdentityResult><Account>1</Account><Arn>a</Arn></GetCallerIdentityResult>"
            + "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>");
        Answer(Ec2, "DescribeRegions", """{"Regions":[{"RegionName":"us-east-1"}]}""").Body.Text().ShouldBe(
            """<?xml version="1.0" encoding="utf-8"?><DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15">"""
            + "<requestId>r-1</requestId><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>");
        var json = Answer(Organizations, "DescribeAccount", """{"Account":{"Id":"1","JoinedTimestamp":"2026-01-02T03:04:05.25Z"}}""");
        json.Body.Text().ShouldBe("""{"Account":{"Id":"1","JoinedTimestamp":1767323045.25}}""");
        json.Headers.Find("Content-Type").ShouldBe("application/x-amz-json-1.1");
        json.Headers.Find("x-amzn-requestid").ShouldBe("r-1");
    }

    [Fact]
    public void A_function_answers_with_raw_bytes_headers_and_a_status_of_its_own()
    {
        var payload = Encoding.UTF8.GetBytes("[1]");
        var operation = Lambda.Operation("Invoke");

        var response = WireProtocols.For(Lambda.Protocol).WriteResponse(
            operation, new(Encoding.UTF8.GetBytes("""{"StatusCode":202,"ExecutedVersion":"$LATEST","FunctionError":"Unhandled"}"""), payload), "r-1");

        response.Status.ShouldBe(202);
        response.Body.Text().ShouldBe("[1]");
        response.Headers.Find("X-Amz-Function-Error").ShouldBe("Unhandled");
        var into = new Aws.Projections.Transcription(new System.Buffers.ArrayBufferWriter<byte>());
        WireProtocols.For(Lambda.Protocol).ReadResponse(operation, response, into);
        into.Blob.Text().ShouldBe("[1]");
    }

    [Fact]
    public void Errors_look_as_AWS_writes_them_with_the_models_code_and_status()
    {
        Error(Sts, "AssumeRole", "PackedPolicyTooLargeException").ShouldBe((400,
            """<?xml version="1.0" encoding="utf-8"?><ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">"""
            + "<Error><Type>Sender</Type><Code>PackedPolicyTooLarge</Code><Message>M</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"));
        Error(Ec2, "DescribeInstances", "UnauthorizedOperation").ShouldBe((418,
            """<?xml version="1.0" encoding="utf-8"?><Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>M</Message></Error></Errors>"""
            + "<RequestID>r-1</RequestID></Response>"));
        Error(Organizations, "DescribeAccount", "AccountNotFoundException").ShouldBe((400, """{"__type":"AccountNotFoundException","Message":"M"}"""));
        Error(Lambda, "Invoke", "TooManyRequestsException").ShouldBe((429, """{"message":"M"}"""));
        Error(Lambda, "Invoke", "ResourceNotFoundException").ShouldBe((404, """{"Message":"M"}"""));
    }

    [Theory]
    [InlineData("POST", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Af/invocations", "", true)]
    [InlineData("POST", "/2015-03-31/functions/f/invocations", "Qualifier=1", true)]
    [InlineData("GET", "/2015-03-31/functions/f/invocations", "", false)]
    [InlineData("POST", "/2015-03-31/functions//invocations", "", false)]
    [InlineData("POST", "/2015-03-31/functions/f", "", false)]
    [InlineData("POST", "/2015-03-31/functions/f/invocations/more", "", false)]
    public void A_path_is_matched_whole(string method, string path, string query, bool matches) =>
        (WireProtocols.For(Lambda.Protocol).Match(Lambda, new WireRequest { Method = method, Path = path, Query = query }) is not null).ShouldBe(matches);

    [Fact]
    public void The_narrowest_route_wins_and_fixed_queries_count()
    {
        var service = ServiceModel.Read(Encoding.UTF8.GetBytes("""
            {"metadata":{"protocol":"rest-json"},"shapes":{},"operations":{
             "Any":{"http":{"method":"GET","requestUri":"/{Key+}"}},"One":{"http":{"method":"GET","requestUri":"/things/{Id}"}},
             "Fixed":{"http":{"method":"GET","requestUri":"/things/all"}},"Versions":{"http":{"method":"GET","requestUri":"/things/{Id}?versions"}},
             "Tail":{"http":{"method":"GET","requestUri":"/x/{Key+}/end"}}}}
            """));
        string? Find(string path, string query = "") =>
            WireProtocols.For(ProtocolKind.RestJson1).Match(service, new WireRequest { Method = "GET", Path = path, Query = query })?.Name;

        Find("/things/all").ShouldBe("Fixed");
        Find("/things/7").ShouldBe("One");
        Find("/things/7", "versions").ShouldBe("Versions");
        Find("/things/7/parts/8").ShouldBe("Any");
        Find("/x/a/b/end").ShouldBe("Tail");
    }

    [Fact]
    public void Other_peoples_requests_are_not_ours()
    {
        WireProtocols.For(Ec2.Protocol).Match(Ec2, Form("Action=TerminateInstances")).ShouldBeNull();
        WireProtocols.For(Ec2.Protocol).Match(Ec2, Form("")).ShouldBeNull();
        WireProtocols.For(Organizations.Protocol).Match(Organizations, Target("AWSOrganizationsV20161128.ListAccounts")).ShouldNotBeNull();
        WireProtocols.For(Organizations.Protocol).Match(Organizations, Target("Other.ListAccounts")).ShouldBeNull();
        WireProtocols.For(Organizations.Protocol).Match(Organizations, Target("ListAccounts")).ShouldBeNull();
        WireProtocols.For(Organizations.Protocol).Match(Organizations, new WireRequest()).ShouldBeNull();
    }

    [Theory]
    [InlineData("Action=DescribeInstances&Filter.2.Value.1=b&Filter.1.Name=a&Filter.1.Value.10=z&Filter.1.Value.2=y&Filter.2.Name=c",
        """{"Filters":[{"Name":"a","Values":["y","z"]},{"Name":"c","Values":["b"]}]}""")]
    [InlineData("Action=DescribeInstances&InstanceId.1=i%2D1&DryRun=true&MaxResults=5&Unknown.1.x=1", """{"DryRun":true,"InstanceIds":["i-1"],"MaxResults":5}""")]
    [InlineData("Action=DescribeInstances&NextToken=a+b%26c", """{"NextToken":"a b&c"}""")]
    public void Forms_are_read_in_any_order(string form, string json)
    {
        var operation = Ec2.Operation("DescribeInstances");

        WireProtocols.For(Ec2.Protocol).ReadRequest(operation, Form(form)).Json.Text().ShouldBe(json);
    }

    [Theory]
    [InlineData("Action=DescribeInstances&MaxResults=many")]
    [InlineData("Action=DescribeInstances&NextToken.1=a")]
    [InlineData("Action=DescribeInstances&A.1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25.26.27.28.29.30.31.32.33.34.35.36.37.38.39.40.41.42.43.44.45.46.47.48.49.50.51.52.53.54.55.56.57.58.59.60.61.62.63.64.65=x")]
    public void A_form_that_does_not_fit_is_a_fault_of_the_wire(string form) =>
        Should.Throw<WireFormatException>(() => WireProtocols.For(Ec2.Protocol).ReadRequest(Ec2.Operation("DescribeInstances"), Form(form)));

    [Fact]
    public void Names_in_every_mixture_of_numbers_and_words_can_be_sorted()
    {
        var random = new Random(7);
        var parts = new[] { "1", "2", "10", "01", "1a", "a", "Filter", "Value", "", "99999999999" };
        for (var i = 0; i < 500; i++)
        {
            var pairs = Enumerable.Range(0, 40).Select(_ => $"Filter.{parts[random.Next(parts.Length)]}.{parts[random.Next(parts.Length)]}=v");
            try
            {
                WireProtocols.For(Ec2.Protocol).ReadRequest(Ec2.Operation("DescribeInstances"), Form(string.Join('&', pairs)));
            }
            catch (WireFormatException)
            {
                // Names that make no sense are refused; sorting them must not break.
            }
        }
    }

    [Fact]
    public void An_answer_that_does_not_fit_the_model_is_named()
    {
        Should.Throw<ArgumentException>(() => Answer(Organizations, "DescribeAccount", """{"Acount":{}}""")).Message.ShouldContain("Did you mean Account");
        Should.Throw<ArgumentException>(() => Answer(Ec2, "DescribeRegions", """{"Regions":{}}""")).Message.ShouldContain("'Regions' has to be an array");
    }

    [Fact]
    public void Every_protocol_is_spoken()
    {
        foreach (var kind in Enum.GetValues<ProtocolKind>())
        {
            WireProtocols.For(kind).Kind.ShouldBe(kind);
            WireProtocols.For(kind, () => "").Kind.ShouldBe(kind);
        }
    }

    private static WireResponse Answer(ServiceModel service, string operation, string json) =>
        WireProtocols.For(service.Protocol).WriteResponse(service.Operation(operation), new(Encoding.UTF8.GetBytes(json)), "r-1");

    private static (int, string) Error(ServiceModel service, string operation, string code)
    {
        var response = WireProtocols.For(service.Protocol).WriteError(service, service.Operation(operation), new(code, "M", 418), "r-1");
        return (response.Status, response.Body.Text());
    }

    private static WireRequest Form(string body) => new() { Body = Encoding.UTF8.GetBytes(body) };

    private static WireRequest Target(string target)
    {
        var request = new WireRequest();
        request.Headers.Add("x-amz-target", target);
        return request;
    }
}
