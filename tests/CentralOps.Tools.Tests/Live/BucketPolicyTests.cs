using System.Buffers;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>
/// A bucket policy that grants the session itself everything. An allow there passes a session policy that merely does not allow; it
/// does not pass one that denies all else. On the wire, by the sandbox's S3.
/// </summary>
public sealed class BucketPolicyTests : IAsyncLifetime
{
    private const string Member = "210000000001";

    private static readonly string[] Questions = ["GetBucketTagging", "GetBucketVersioning", "GetBucketEncryption", "GetBucketLocation", "GetBucketPolicyStatus", "HeadBucket"];

    private readonly string _file = Path.GetTempFileName();
    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, $$"""
            management: "100000000000"
            accounts:
              - {id: "100000000000", name: Management}
              - {id: "111111111111", name: Central Operations}
              - id: "{{Member}}"
                name: Shop
                resources:
                  us-east-1:
                    s3:
                      - name: tempting-bucket
                        versioning: Enabled
                        tags: {Owner: somebody}
                        policy:
                          Version: "2012-10-17"
                          Statement:
                            - Effect: Allow
                              Principal: {AWS: "arn:aws:sts::{{Member}}:assumed-role/CentralOpsTargetRole/jane"}
                              Action: "s3:*"
                              Resource: ["arn:aws:s3:::tempting-bucket", "arn:aws:s3:::tempting-bucket/*"]
            """);
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = Estate.OfFile(_file) }, CancellationToken.None);
        Tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server));
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task Does_not_let_our_session_in()
    {
        var confined = await SessionAsync(static policy => policy);
        foreach (var operation in Questions)
        {
            var failure = (await CallAsync(confined, operation)).ShouldNotBeNull(operation);
            failure.Kind.ShouldBe(FailureKind.Access, operation);
            if (operation != "HeadBucket")
            {
                failure.Message.ShouldContain("with an explicit deny in a session policy", customMessage: operation);
            }
        }
    }

    [Fact]
    public async Task And_would_let_it_in_if_the_session_policy_did_not_deny_all_else()
    {
        var allowing = await SessionAsync(static policy =>
        {
            var document = JsonNode.Parse(policy)!;
            document["Statement"]!.AsArray().RemoveAt(1);
            return document.ToJsonString();
        });
        foreach (var operation in Questions.Except(["GetBucketPolicyStatus"]))
        {
            (await CallAsync(allowing, operation)).ShouldBeNull(operation);
        }
    }

    private async Task<AccountSession> SessionAsync(Func<string, string> change)
    {
        SessionPolicy.TryMake("list_lambda_functions", ["lambda:ListFunctions"], out var policy, out _).ShouldBeTrue();
        AccountId.TryParse(Member, out var account).ShouldBeTrue();
        var key = new SessionKey(account, "aws", "CentralOpsTargetRole", change(policy.Document), new Caller("jane", CallerKind.LocalToken), "list_lambda_functions");
        var grant = await Tools.Assumption.MakeAsync(key, CancellationToken.None);
        return grant.Session.ShouldNotBeNull(grant.Refusal?.ToString());
    }

    private async Task<AwsFailure?> CallAsync(AccountSession session, string operation)
    {
        var call = new AwsCall(ModelLibrary.Operation("s3", operation), new AwsInput("""{"Bucket":"tempting-bucket"}"""u8.ToArray()), "us-east-1", session.Credentials);
        return (await Tools.Client.CallAsync(call, new Transcription(new ArrayBufferWriter<byte>()), CancellationToken.None)).Failure;
    }
}
