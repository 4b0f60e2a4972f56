using System.Buffers;
using System.Diagnostics;
using CentralOps.Access.Callers;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Accounts.Tests.Quotas;

/// <summary>A limit of the sandbox that nobody told the quotas of, over real sockets and in real time.</summary>
public sealed class SandboxLimitTests
{
    private const double PerSecond = 2;
    private const int Burst = 2;

    [Fact]
    public async Task Twenty_callers_of_a_service_that_takes_two_calls_a_second_are_all_answered()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        sandbox.Faults.Add(new Fault(FaultKind.Throttle, Account: "222222222222", Service: "ec2", Rate: PerSecond, Burst: Burst));
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var entrance = EntranceOf(sandbox, http);
        var started = Stopwatch.GetTimestamp();

        var refusals = await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => AskTwiceAsync(entrance, $"caller-{caller}")));

        var used = 40 / (Burst + (PerSecond * Stopwatch.GetElapsedTime(started).TotalSeconds));
        refusals.ShouldAllBe(static refusal => refusal == null);

        // What a machine with nothing else to do reaches stands with the advanced time; this leaves room for a slow one.
        used.ShouldBeGreaterThan(0.5, "of what the limit allows");
    }

    private static async Task<Refusal?> AskTwiceAsync(Entrance entrance, string caller)
    {
        var use = new ToolUse(new Caller(caller, CallerKind.Anonymous), "describe_ec2_instances", ["ec2:DescribeInstances"])
        {
            Deadline = Deadline.In(TimeSpan.FromSeconds(120), TimeProvider.System),
        };
        RegionName.TryParse("us-east-1", out var region).ShouldBeTrue();
        var entered = await entrance.EnterAsync(new Account { Id = StubOrganization.Id("222222222222"), Name = "Production" }, region, use, CancellationToken.None);
        var refusal = entered.Refusal;
        for (var call = 0; call < 2 && refusal is null; call++)
        {
            var outcome = await entered.Account!.CallAsync(
                ModelLibrary.Operation("ec2", "DescribeInstances"), """{"MaxResults":5}"""u8.ToArray(), new Transcription(new ArrayBufferWriter<byte>()), CancellationToken.None);
            refusal = outcome.Refusal;
        }

        return refusal;
    }

    private static Entrance EntranceOf(SandboxServer sandbox, HttpMessageInvoker http)
    {
        RegionName.TryParse("us-east-1", out var home).ShouldBeTrue();
        var url = sandbox.Url.GetLeftPart(UriPartial.Authority);
        var endpoints = EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL" ? url : null);
        var client = new AwsClient(http, new EndpointResolver(endpoints), TimeProvider.System, new AwsClientOptions());
        var options = new BrokerOptions { Region = home };
        var keys = sandbox.SessionOf("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", "tools", TimeSpan.FromHours(1));
        var quotas = new CallQuotas(new QuotaSettings { Rates = QuotaRates.Learnt }, TimeProvider.System);
        var broker = new CredentialBroker(new RoleAssumption(client, new FixedCredentials(keys), options, TimeProvider.System, quotas), options, TimeProvider.System);
        return new Entrance(broker, client, "CentralOpsTargetRole", quotas);
    }
}
