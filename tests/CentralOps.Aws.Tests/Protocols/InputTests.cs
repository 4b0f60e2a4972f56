using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols;

public sealed class InputTests
{
    private static readonly OperationModel DescribeInstances = ModelLibrary.Operation("ec2", "DescribeInstances");
    private static readonly OperationModel AssumeRole = ModelLibrary.Operation("sts", "AssumeRole");
    private static readonly OperationModel ListTags = ModelLibrary.Operation("organizations", "ListTagsForResource");
    private static readonly OperationModel Invoke = ModelLibrary.Operation("lambda", "Invoke");

    [Theory]
    [InlineData("""{"Filters":[{"Name":"x","Valeus":["y"]}]}""", "'Filters[0].Valeus'", "Did you mean Values")]
    [InlineData("""{"InstanceId":["i-1"]}""", "'InstanceId' is not a member", "Did you mean InstanceIds")]
    [InlineData("""{"InstanceIds":"i-1"}""", "'InstanceIds' has to be an array", "a string")]
    [InlineData("""{"InstanceIds":["i-1",7]}""", "'InstanceIds[1]' has to be a string", "a number")]
    [InlineData("""{"MaxResults":"10"}""", "'MaxResults' has to be a number", "a string")]
    [InlineData("""{"MaxResults":10.5}""", "'MaxResults' has to be a whole number", "a number")]
    [InlineData("""{"MaxResults":3000000000}""", "'MaxResults' has to be a whole number of 32 bits", "a number")]
    [InlineData("""{"DryRun":"true"}""", "'DryRun' has to be true or false", "a string")]
    [InlineData("""{"Filters":[null]}""", "'Filters[0]'", "null")]
    [InlineData("""{"NextToken":"a","NextToken":"b"}""", "'NextToken' is given twice", "once")]
    [InlineData("""{"NextToken":"a"} {}""", "cannot be read", "not valid JSON")]
    [InlineData("""{"NextToken":""", "cannot be read", "not valid JSON")]
    [InlineData("[]", "The input has to be an object", "an array")]
    public void What_does_not_fit_the_model_is_named_with_its_place(string json, string place, string words)
    {
        var message = Should.Throw<ArgumentException>(() => DescribeInstances.Write(json)).Message;

        message.ShouldContain(place);
        message.ShouldContain(words);
    }

    [Fact]
    public void A_required_member_that_is_missing_or_null_is_named_in_every_protocol()
    {
        Should.Throw<ArgumentException>(() => AssumeRole.Write("""{"RoleArn":"arn"}""")).Message.ShouldBe("'RoleSessionName' is required and missing.");
        Should.Throw<ArgumentException>(() => AssumeRole.Write("""{"RoleArn":null,"RoleSessionName":"s"}""")).Message.ShouldContain("'RoleArn' is required");
        Should.Throw<ArgumentException>(() => AssumeRole.Write("""{"RoleArn":"a","RoleSessionName":"s","Tags":[{"Key":"k"}]}"""))
            .Message.ShouldBe("'Tags[0].Value' is required and missing.");
        Should.Throw<ArgumentException>(() => ListTags.Write("{}")).Message.ShouldContain("'ResourceId' is required");
        Should.Throw<ArgumentException>(() => Invoke.Write("{}")).Message.ShouldContain("'FunctionName' is required");
    }

    [Fact]
    public void Null_members_are_left_out_and_no_input_at_all_is_an_empty_one()
    {
        DescribeInstances.Write("""{"NextToken":null,"MaxResults":5}""").Body.Text().ShouldBe("Action=DescribeInstances&Version=2016-11-15&MaxResults=5");
        DescribeInstances.Write("").Body.Text().ShouldBe("Action=DescribeInstances&Version=2016-11-15");
    }

    [Fact]
    public void An_input_may_not_nest_without_end()
    {
        var operation = Wires.Model(
            """{"protocol":"json","targetPrefix":"T"}""",
            """{"input":{"shape":"I"}}""",
            """{"I":{"type":"structure","members":{"Self":{"shape":"I"}}}}""");
        var deep = string.Concat(Enumerable.Repeat("{\"Self\":", 5000));

        Should.Throw<ArgumentException>(() => operation.Write(deep)).Message.ShouldContain("64 levels");
    }

    [Fact]
    public void Text_that_is_no_text_is_refused_and_not_changed()
    {
        Should.Throw<ArgumentException>(() => DescribeInstances.Write("""{"NextToken":"\ud800"}""")).Message.ShouldContain("UTF-8");
        var broken = new AwsInput(Encoding.Latin1.GetBytes("{\"NextToken\":\"\u00ff\"}"));
        Should.Throw<ArgumentException>(() => WireProtocols.For(ProtocolKind.Ec2Query).WriteRequest(DescribeInstances, broken, new WireRequest()));
    }

    [Fact]
    public void No_message_shows_a_value_that_was_given()
    {
        var message = Should.Throw<ArgumentException>(() => AssumeRole.Write("""{"RoleArn":"a","RoleSessionName":{"Secret":"hunter2"}}""")).Message;

        message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_raw_body_goes_out_as_it_is_beside_the_other_members()
    {
        var request = new WireRequest();
        var payload = Encoding.UTF8.GetBytes("""{ "not": "touched" }""");

        WireProtocols.For(ProtocolKind.RestJson1).WriteRequest(
            Invoke, new(Encoding.UTF8.GetBytes("""{"FunctionName":"my fn","InvocationType":"Event","Qualifier":"7"}"""), payload), request);

        (request.Method, request.Path, request.Query).ShouldBe(("POST", "/2015-03-31/functions/my%20fn/invocations", "Qualifier=7"));
        request.Headers.Find("X-Amz-Invocation-Type").ShouldBe("Event");
        request.Headers.Find("Content-Type").ShouldBe("application/octet-stream");
        request.Body.Equals(payload.AsMemory()).ShouldBeTrue();
    }

    [Fact]
    public void A_payload_given_as_base64_works_too_but_not_both()
    {
        Invoke.Write("""{"FunctionName":"f","Payload":"e30="}""").Body.Text().ShouldBe("{}");
        var both = new AwsInput(Encoding.UTF8.GetBytes("""{"FunctionName":"f","Payload":"e30="}"""), new byte[] { 1 });
        Should.Throw<ArgumentException>(() => WireProtocols.For(ProtocolKind.RestJson1).WriteRequest(Invoke, both, new WireRequest())).Message.ShouldContain("twice");
        Should.Throw<ArgumentException>(() => Invoke.Write("""{"FunctionName":"f","Payload":"%"}""")).Message.ShouldContain("base64");
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public void A_label_cannot_lead_out_of_its_path(string name) =>
        Should.Throw<ArgumentException>(() => Invoke.Write($$"""{"FunctionName":"{{name}}"}""")).Message.ShouldContain("'FunctionName'");

    [Fact]
    public void A_header_cannot_be_ended_by_its_value() =>
        Should.Throw<ArgumentException>(() => Invoke.Write("""{"FunctionName":"f","ClientContext":"a\r\nX-Evil: 1"}""")).Message.ShouldContain("printable ASCII");

    [Theory]
    [InlineData("evil.example.com/")]
    [InlineData("-a")]
    [InlineData("")]
    public void A_host_label_cannot_lead_to_another_host(string label)
    {
        var operation = Wires.Model(
            """{"protocol":"json","targetPrefix":"T"}""",
            """{"endpoint":{"hostPrefix":"{Bucket}."},"input":{"shape":"I"}}""",
            """{"I":{"type":"structure","required":["Bucket"],"members":{"Bucket":{"shape":"S","hostLabel":true}}},"S":{"type":"string"}}""");

        Should.Throw<ArgumentException>(() => operation.Write($$"""{"Bucket":"{{label}}"}""")).Message.ShouldContain("host name");
        operation.Write("""{"Bucket":"b-1"}""").HostPrefix.ShouldBe("b-1.");
    }

    [Fact]
    public void Idempotency_tokens_are_fresh_UUIDs_unless_one_is_given()
    {
        var operation = Wires.Model(
            """{"protocol":"ec2","apiVersion":"1"}""",
            """{"input":{"shape":"I"}}""",
            """{"I":{"type":"structure","required":["ClientToken"],"members":{"ClientToken":{"shape":"S","idempotencyToken":true}}},"S":{"type":"string"}}""");

        var first = operation.Write("{}").Body.Text();
        first.ShouldNotBe(operation.Write("{}").Body.Text());
        var token = first[(first.LastIndexOf('=') + 1)..];
        (Guid.TryParse(token, out var uuid), uuid.Version).ShouldBe((true, 4));
        operation.Write("""{"ClientToken":"mine"}""").Body.Text().ShouldEndWith("ClientToken=mine");
    }

    [Theory]
    [InlineData("\"2026-01-02T03:04:05Z\"", "2026-01-02T03%3A04%3A05Z")]
    [InlineData("\"2026-01-02T04:04:05.120+01:00\"", "2026-01-02T03%3A04%3A05.12Z")]
    [InlineData("1767323045", "2026-01-02T03%3A04%3A05Z")]
    public void Times_are_taken_in_any_clear_form(string given, string wire) =>
        Timed().Write($$"""{"When":{{given}}}""").Body.Text().ShouldEndWith("When=" + wire);

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"12:00\"")]
    [InlineData("1e40")]
    [InlineData("true")]
    public void A_time_that_is_none_is_refused(string given) =>
        Should.Throw<ArgumentException>(() => Timed().Write($$"""{"When":{{given}}}""")).Message.ShouldContain("'When' has to be a time such as");

    private static OperationModel Timed() => Wires.Model(
        """{"protocol":"query","apiVersion":"1"}""",
        """{"input":{"shape":"I"}}""",
        """{"I":{"type":"structure","members":{"When":{"shape":"T"}}},"T":{"type":"timestamp"}}""");
}
