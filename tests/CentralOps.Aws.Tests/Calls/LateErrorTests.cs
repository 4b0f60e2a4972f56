using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Calls;

public sealed class LateErrorTests
{
    private const string Copied = "<CopyObjectResult><ETag>e</ETag></CopyObjectResult>";

    private static readonly ServiceModel S3 = ServiceModel.Read(Encoding.UTF8.GetBytes(
        """
        {"metadata":{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3"},"operations":{"CopyObject":{"http":{"method":"PUT","requestUri":"/copy"},"output":{"shape":"O"}}},
         "shapes":{"O":{"type":"structure","members":{"Result":{"shape":"R"}},"payload":"Result"},"R":{"type":"structure","members":{"ETag":{"shape":"S"}}},"S":{"type":"string"}}}
        """));

    private static AwsCall Copy => new(S3.Operation("CopyObject"), new("{}"u8.ToArray()), "eu-west-1", new AwsCredentials("AKIDEXAMPLE", "secret"));

    [Fact]
    public async Task An_error_that_came_with_status_200_is_tried_again()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(
            200, exchange.Number == 1 ? "<Error><Code>InternalError</Code><Message>We are sorry.</Message></Error>" : Copied));

        var answer = await fixture.CallAsync(Copy);

        (answer.Succeeded, answer.Attempts, fixture.Text).ShouldBe((true, 2, """{"Result":{"ETag":"e"}}"""));
    }

    [Fact]
    public async Task An_error_that_stays_is_a_failure_of_the_server_and_not_an_empty_answer()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(
            200, "<Error><Code>InternalError</Code><Message>We are sorry.</Message><RequestId>r-1</RequestId></Error>"));

        var answer = await fixture.CallAsync(Copy with { MaxAttempts = 1 });

        answer.Failure.ShouldBe(new AwsFailure("s3", "CopyObject", FailureKind.Server, "InternalError", "We are sorry.", "r-1", 500));
        fixture.Text.ShouldBeEmpty();
    }
}
