using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;

namespace CentralOps.Aws.Tests.Protocols;

public sealed class ErrorTests
{
    // './test --long' runs the large form.
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 10_000 : 250_000;

    private static readonly OperationModel DescribeInstances = ModelLibrary.Operation("ec2", "DescribeInstances");
    private static readonly OperationModel AssumeRole = ModelLibrary.Operation("sts", "AssumeRole");
    private static readonly OperationModel ListAccounts = ModelLibrary.Operation("organizations", "ListAccounts");
    private static readonly OperationModel Invoke = ModelLibrary.Operation("lambda", "Invoke");

    [Fact]
    public void An_error_is_found_wherever_a_protocol_puts_it()
    {
        DescribeInstances.ReadError(403, "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>No.</Message></Error></Errors><RequestID>r-1</RequestID></Response>")
            .ShouldBe(new WireError("UnauthorizedOperation", "No.", 403) { RequestId = "r-1", SenderFault = true });
        AssumeRole.ReadError(500, "<ErrorResponse><Error><Type>Receiver</Type><Code>InternalFailure</Code><Message>Oh.</Message></Error><RequestId>r-2</RequestId></ErrorResponse>")
            .ShouldBe(new WireError("InternalFailure", "Oh.", 500) { RequestId = "r-2", SenderFault = false });
        ListAccounts.ReadError(400, """{"__type":"com.amazonaws.organizations#AccessDeniedException:http://x/","Message":"You don't."}""", ("x-amzn-RequestId", "r-3"))
            .ShouldBe(new WireError("AccessDeniedException", "You don't.", 400) { RequestId = "r-3", SenderFault = true });
        Invoke.ReadError(404, """{"Type":"User","message":"Function not found"}""", ("x-amzn-ErrorType", "ResourceNotFoundException:http://x/"), ("X-Amz-Request-Id", "r-4"))
            .ShouldBe(new WireError("ResourceNotFoundException", "Function not found", 404) { RequestId = "r-4", SenderFault = true });
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")]
    [InlineData("<Response><Errors><Error></Error></Errors></Response>")]
    [InlineData("upstream connect error")]
    [InlineData("{\"unrelated\":{\"deep\":[1]}}")]
    [InlineData("\u0000\u0001")]
    public void A_body_without_an_error_still_gives_one(string body)
    {
        foreach (var operation in (OperationModel[])[DescribeInstances, AssumeRole, ListAccounts, Invoke])
        {
            var error = operation.ReadError(502, body, ("x-amzn-RequestId", "r"));

            (error.Code, error.Status, error.RequestId, error.SenderFault).ShouldBe(("UnknownError", 502, "r", false));
            error.Message.ShouldContain("502");
        }
    }

    [Fact]
    public void Half_an_error_gives_what_it_has()
    {
        DescribeInstances.ReadError(503, "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Slo").Code.ShouldBe("RequestLimitExceeded");
        ListAccounts.ReadError(400, "{\"__type\":\"TooManyRequestsException\",\"message\":").Code.ShouldBe("TooManyRequestsException");
    }

    [Fact]
    public void No_body_whatever_makes_reading_an_error_throw()
    {
        // A fixed seed: the same ten thousand broken bodies in every run.
        var random = new Random(20260102);
        string[] seeds =
        [
            "<Response><Errors><Error><Code>A</Code><Message>B</Message></Error></Errors><RequestID>r</RequestID></Response>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ErrorResponse xmlns=\"u\"><Error><Type>Sender</Type><Code>A</Code></Error></ErrorResponse>",
            "{\"__type\":\"a#B\",\"message\":\"\\u00e9\\ud83d\\ude00\",\"x\":[{\"y\":1e5}]}",
        ];
        OperationModel[] operations = [DescribeInstances, AssumeRole, ListAccounts, Invoke];
        for (var i = 0; i < Cases; i++)
        {
            var body = Encoding.UTF8.GetBytes(seeds[i % seeds.Length]);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var response = new Aws.Wire.WireResponse { Status = 400, Body = body.AsMemory(0, random.Next(body.Length + 1)) };
            foreach (var operation in operations)
            {
                WireProtocols.For(operation.Service.Protocol).ReadError(operation, response).Code.ShouldNotBeNullOrEmpty();
            }
        }
    }

    [Fact]
    public void A_broken_answer_is_read_or_is_a_fault_of_the_wire_and_nothing_else()
    {
        var random = new Random(20260103);
        (OperationModel Operation, string Body)[] seeds =
        [
            (DescribeInstances, "<DescribeInstancesResponse xmlns=\"u\"><reservationSet><item><instancesSet><item><instanceId>i</instanceId><launchTime>2026-01-02T03:04:05.000Z</launchTime><tagSet><item><key>a</key><value>b</value></item></tagSet></item></instancesSet></item></reservationSet><nextToken>t</nextToken></DescribeInstancesResponse>"),
            (ListAccounts, "{\"Accounts\":[{\"Id\":\"1\",\"JoinedTimestamp\":1.5E9,\"Name\":\"\\u00e9\"}],\"NextToken\":null}"),
        ];
        for (var i = 0; i < Cases; i++)
        {
            var (operation, text) = seeds[i % seeds.Length];
            var body = Encoding.UTF8.GetBytes(text);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var response = new Aws.Wire.WireResponse { Body = body };
            var into = new Aws.Projections.Transcription(new System.Buffers.ArrayBufferWriter<byte>());
            try
            {
                WireProtocols.For(operation.Service.Protocol).ReadResponse(operation, response, into);
            }
            catch (Aws.Wire.WireFormatException)
            {
                // The one exception that there may be.
            }
        }
    }
}
