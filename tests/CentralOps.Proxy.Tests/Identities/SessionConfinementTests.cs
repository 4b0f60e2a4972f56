using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Endpoints;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Tests.Fixtures;
using CentralOps.Proxy.Upstreams;
using CentralOps.Sandbox;

namespace CentralOps.Proxy.Tests.Identities;

public sealed class SessionConfinementTests
{
    [Theory]
    [InlineData("https://aws-mcp.us-east-1.api.aws/mcp", "aws-mcp:*", "*")]
    [InlineData("https://g-1.gateway.bedrock-agentcore.us-east-1.amazonaws.com/mcp", "bedrock-agentcore:InvokeGateway", "arn:aws:bedrock-agentcore:us-east-1:*:gateway/g-1*")]
    [InlineData("arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/a-1", "bedrock-agentcore:InvokeAgentRuntime", "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/a-1*")]
    [InlineData("https://abc.execute-api.us-east-1.amazonaws.com/x", "execute-api:Invoke", "arn:aws:execute-api:us-east-1:*:abc/*")]
    [InlineData("https://abc.lambda-url.us-east-1.on.aws/", "lambda:InvokeFunctionUrl", "*")]
    public void A_session_may_reach_its_server_and_is_denied_every_secret(string url, string action, string resource)
    {
        var confinement = Of(url);
        confinement.Policy.Length.ShouldBeLessThanOrEqualTo(SessionPolicy.MaxCharacters);
        confinement.ManagedPolicies.Split(',').ShouldBe(["arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"]);
        var statements = JsonDocument.Parse(confinement.Policy).RootElement.GetProperty("Statement").EnumerateArray().ToList();
        statements[0].GetProperty("Effect").GetString().ShouldBe("Allow");
        statements[0].GetProperty("Action").EnumerateArray().Select(static name => name.GetString()).ShouldContain(action);
        statements[0].GetProperty("Resource").GetString().ShouldBe(resource);
        statements[^1].GetProperty("Effect").GetString().ShouldBe("Deny");
        var denied = statements[^1].GetProperty("Action").EnumerateArray().Select(static name => name.GetString()!).ToList();
        denied.ShouldBe(SecretActions.Patterns);
        denied.ShouldContain("secretsmanager:GetSecretValue");
        denied.ShouldContain("sts:AssumeRole*");
    }

    [Fact]
    public void No_function_can_be_invoked_but_by_its_url()
    {
        var invoking = JsonDocument.Parse(Of("https://abc.lambda-url.us-east-1.on.aws/").Policy).RootElement.GetProperty("Statement").EnumerateArray()
            .Single(static statement => statement.GetProperty("Action").ToString() == "lambda:InvokeFunction");
        invoking.GetProperty("Condition").GetProperty("Bool").GetProperty("lambda:InvokedViaFunctionUrl").GetString().ShouldBe("true");
    }

    [Fact]
    public void A_china_partition_has_managed_policies_of_its_own() =>
        Of("https://g-1.gateway.bedrock-agentcore.cn-north-1.amazonaws.com.cn/mcp").ManagedPolicies.ShouldStartWith("arn:aws-cn:iam::aws:policy/SecurityAudit,");

    [Fact]
    public async Task What_the_role_may_and_the_managed_policies_do_not_allow_is_refused_by_aws()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), default);
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var aws = TestProxy.Aws(sandbox, http);
        AccountId.TryParse("222222222222", out var account).ShouldBeTrue();
        RegionName.TryParse("us-east-1", out var region).ShouldBeTrue();
        var identity = new UpstreamIdentity(account, "CentralOpsTargetRole", TestProxy.Jane);
        var assumption = new RoleAssumption(aws, new FixedCredentials(sandbox.Operator), new BrokerOptions { Region = region }, TimeProvider.System);

        var confined = await assumption.MakeAsync(identity.Key("aws", Of(UpstreamAddress.AwsMcpServer)), default);
        confined.Refusal.ShouldBeNull();
        confined.Session!.PackedPolicySize.ShouldNotBeNull().ShouldBeLessThan(100);
        (await CallAsync(aws, confined.Session.Credentials, "ec2", "DescribeInstances")).ShouldBeNull();
        (await CallAsync(aws, confined.Session.Credentials, "account", "ListRegions")).ShouldNotBeNull("the role may, the policies of auditors do not").Kind.ShouldBe(FailureKind.Access);
        (await CallAsync(aws, confined.Session.Credentials, "sts", "AssumeRole", """{"RoleArn":"arn:aws:iam::333333333333:role/CentralOpsTargetRole","RoleSessionName":"again"}"""))
            .ShouldNotBeNull().Kind.ShouldBe(FailureKind.Access);

        var unconfined = await assumption.MakeAsync(identity.Key("aws", null), default);
        (await CallAsync(aws, unconfined.Session!.Credentials, "account", "ListRegions")).ShouldBeNull();
    }

    private static SessionConfinement Of(string url)
    {
        UpstreamAddress.TryParse(url, null, null, out var address, out var problem).ShouldBeTrue(problem);
        return SessionConfinement.For(address);
    }

    private static async Task<AwsFailure?> CallAsync(AwsClient aws, AwsCredentials credentials, string service, string operation, string input = "{}")
    {
        var call = new AwsCall(ModelLibrary.Operation(service, operation), new AwsInput(System.Text.Encoding.UTF8.GetBytes(input)), "us-east-1", credentials);
        return (await aws.CallAsync(call, new Transcription(new ArrayBufferWriter<byte>()), default)).Failure;
    }
}
