using System.Net;
using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Front;

/// <summary>Operations that the sandbox does not serve are judged by the policies all the same.</summary>
public sealed class UnservedTests : IAsyncLifetime
{
    private SandboxServer _server = null!;
    private AwsCredentials _administrator = null!;
    private AwsCredentials _reader = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = AdministeredAccounts.Estate }, CancellationToken.None);
        _administrator = await Signed.SessionAsync(_server, AdministeredAccounts.WithAdministrator);
        _reader = await Signed.SessionAsync(_server, DefaultOrganization.NetworkId);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("ec2", "POST", "/", "Action=TerminateInstances&Version=2016-11-15&InstanceId.1=i-1", null, "UnauthorizedOperation", "InvalidAction")]
    [InlineData("iam", "POST", "/", "Action=CreateUser&Version=2010-05-08&UserName=u", null, "AccessDenied", "InvalidAction")]
    [InlineData("secretsmanager", "POST", "/", """{"SecretId":"s"}""", "secretsmanager.GetSecretValue", "AccessDeniedException", "UnknownOperationException")]
    [InlineData("sqs", "POST", "/", """{"QueueName":"q"}""", "AmazonSQS.CreateQueue", "AccessDeniedException", "UnknownOperationException")]
    [InlineData("s3", "PUT", "/some-bucket", "", null, "AccessDenied", "NotImplemented")]
    [InlineData("s3", "GET", "/some-bucket/key", "", null, "AccessDenied", "NotImplemented")]
    [InlineData("lambda", "DELETE", "/2015-03-31/functions/f", "", null, "AccessDeniedException", "UnknownOperationException")]
    public async Task Who_may_not_hears_that_and_who_may_hears_that_it_is_not_here(string service, string method, string path, string body, string? target, string denied, string absent)
    {
        var refused = await Signed.SendAsync(_server, _reader, service, path, body, target: target, method: method);
        var unserved = await Signed.SendAsync(_server, _administrator, service, path, body, target: target, method: method);

        ((int)refused.Status).ShouldBeInRange(400, 403, refused.Body);
        (refused.Body + string.Join(',', refused.Headers.SelectMany(header => header.Value))).ShouldContain(denied);
        (unserved.Body + string.Join(',', unserved.Headers.SelectMany(header => header.Value))).ShouldContain(absent);
        unserved.Body.ShouldNotContain("not authorized");
    }

    [Fact]
    public async Task What_is_no_operation_of_AWS_is_judged_by_nobody()
    {
        var answer = await Signed.SendAsync(_server, _reader, "ec2", "/", "Action=TerminateEverything&Version=2016-11-15");

        answer.Body.ShouldContain("InvalidAction");
    }

    [Fact]
    public async Task A_wrong_signature_hears_nothing_of_permissions()
    {
        var answer = await Signed.SendAsync(_server, _reader with { SecretAccessKey = "wrong" }, "secretsmanager", "/", "{}", target: "secretsmanager.GetSecretValue");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.ShouldContain("does not serve");
    }
}
