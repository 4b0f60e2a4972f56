using System.Buffers;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Quotas;

/// <summary>Calls in accounts, as the quotas let them through.</summary>
public sealed class GatedCallTests
{
    private static readonly ToolUse Use = new(Caller.Local, "describe_ec2_instances", ["ec2:DescribeInstances"]);

    private readonly ManualTime _time = new();
    private readonly CallQuotas _quotas;
    private Func<StubCall, StubAnswer?> _other = static _ => null;

    public GatedCallTests() => _quotas = new CallQuotas(new QuotaSettings(), _time);

    [Fact]
    public async Task Throttles_are_waited_out_however_many_they_are()
    {
        var organization = Organization();
        var throttles = 8;
        _other = call => call.Operation is "ec2:DescribeInstances" && throttles-- > 0 ? StubAnswer.Failed("RequestLimitExceeded", status: 503) : null;
        var (refusal, json) = await AskAsync(organization, Use with { Deadline = Deadline.In(TimeSpan.FromMinutes(5), _time) });
        refusal.ShouldBeNull();
        json.ShouldContain("i-1");
        organization.Aws.CountOf("ec2:DescribeInstances").ShouldBe(9);
        (_quotas.InFlight, _quotas.Waiting).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Throttles_of_AssumeRole_are_waited_out_too()
    {
        var organization = Organization();
        var throttles = 5;
        _other = call => call.Operation is "sts:AssumeRole" && throttles-- > 0 ? StubAnswer.Failed("Throttling", status: 400) : null;
        (await AskAsync(organization, Use)).Refusal.ShouldBeNull();
        organization.Aws.CountOf("sts:AssumeRole").ShouldBe(6);
    }

    [Fact]
    public async Task At_the_deadline_the_call_ends_as_throttled_and_says_what_limits_it()
    {
        var organization = Organization();
        _other = static call => call.Operation is "ec2:DescribeInstances" ? StubAnswer.Failed("RequestLimitExceeded", status: 503) : null;
        var (refusal, _) = await AskAsync(organization, Use with { Deadline = Deadline.In(TimeSpan.FromSeconds(20), _time) });
        var text = RefusalWords.Of(refusal.ShouldNotBeNull());
        text.StageName.ShouldBe("throttled");
        text.Code.ShouldBe(QuotaCodes.WaitTooLong);
        text.Message.ShouldStartWith("ec2:DescribeInstances in account 222222222222 was not sent: ec2 lets about");
        text.Message.ShouldNotContain("..");
        text.Remedy.ShouldContain("with fewer calls at once");
        (_quotas.InFlight, _quotas.Waiting).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Without_a_deadline_all_requests_of_a_call_together_wait_so_long_as_a_call_may()
    {
        var organization = Organization();
        _other = static call => call.Operation is "ec2:DescribeInstances" ? StubAnswer.Failed("RequestLimitExceeded", status: 503) : null;
        var began = _time.GetTimestamp();
        var (refusal, _) = await AskAsync(organization, Use);
        RefusalWords.Of(refusal.ShouldNotBeNull()).Code.ShouldBe(QuotaCodes.WaitTooLong);
        _time.GetElapsedTime(began).ShouldBeLessThanOrEqualTo(new QuotaSettings().LongestWait + TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Limits_that_waiting_does_not_help_against_are_told_after_the_usual_attempts()
    {
        var organization = Organization();
        _other = static call => call.Operation is "ec2:DescribeInstances" ? StubAnswer.Failed("LimitExceededException", status: 400) : null;
        var (refusal, _) = await AskAsync(organization, Use, always: true);
        refusal.ShouldBeOfType<Refusal.Throttled>().Failure.Code.ShouldBe("LimitExceededException");
        organization.Aws.CountOf("ec2:DescribeInstances").ShouldBe(3);
    }

    [Fact]
    public async Task A_refused_call_and_a_cancelled_call_give_their_places_back()
    {
        using var cancel = new CancellationTokenSource();
        var organization = Organization();
        _other = call =>
        {
            if (call.Operation is not "ec2:DescribeInstances")
            {
                return null;
            }

            cancel.Cancel();
            throw new OperationCanceledException(cancel.Token);
        };
        var (_, opened) = await OpenAsync(organization, Use);
        await Should.ThrowAsync<OperationCanceledException>(
            opened.CallAsync(ModelLibrary.Operation("ec2", "DescribeInstances"), "{}"u8.ToArray(), new Transcription(new ArrayBufferWriter<byte>()), cancel.Token));
        _quotas.InFlight.ShouldBe(0);

        _other = static call => call.Operation is "ec2:DescribeInstances" ? StubAnswer.Failed("UnauthorizedOperation") : null;
        (await AskAsync(organization, Use)).Refusal.ShouldNotBeNull();
        _quotas.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_with_neither_filter_nor_page_count_apart_from_others()
    {
        var organization = Organization();
        var (_, door) = await OpenAsync(organization, Use);
        var lanes = _quotas.LaneCount;
        foreach (var input in new[] { "{}", """{"InstanceIds":["i-1"]}""" })
        {
            await CallAsync(door, input);
            _quotas.LaneCount.ShouldBe(lanes + 1);
        }

        foreach (var input in new[] { """{"MaxResults":5}""", """{"Filters":[{"Name":"vpc-id","Values":["vpc-1"]}]}""" })
        {
            await CallAsync(door, input);
            _quotas.LaneCount.ShouldBe(lanes + 2);
        }
    }

    private StubOrganization Organization() => new(new StubAws(Answer), _time, quotas: _quotas);

    private async Task<(Refusal? Refusal, string Json)> AskAsync(StubOrganization organization, ToolUse use, bool always = false)
    {
        var asked = Task.Run(async () =>
        {
            var (refusal, door) = await OpenAsync(organization, use);
            return refusal is null ? await CallAsync(door, "{}") : (refusal, "");
        });

        // Time passes only while somebody waits for it.
        for (var given = 0; !asked.IsCompleted && given < 1_000_000; given++)
        {
            if (always || _quotas.Waiting > 0)
            {
                _time.Advance(TimeSpan.FromMilliseconds(10));
            }

            await Task.Yield();
        }

        return await asked.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task<(Refusal? Refusal, OpenAccount Door)> OpenAsync(StubOrganization organization, ToolUse use)
    {
        var entered = await organization.Entrance.EnterAsync(new Account { Id = Id("222222222222"), Name = "Production" }, organization.Home, use, CancellationToken.None);
        return (entered.Refusal, entered.Account!);
    }

    private static async Task<(Refusal? Refusal, string Json)> CallAsync(OpenAccount door, string input)
    {
        var output = new ArrayBufferWriter<byte>();
        var outcome = await door.CallAsync(ModelLibrary.Operation("ec2", "DescribeInstances"), Encoding.UTF8.GetBytes(input), new Transcription(output), CancellationToken.None);
        return (outcome.Refusal, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private StubAnswer Answer(StubCall call) => _other(call) ?? call.Operation switch
    {
        "sts:AssumeRole" => StubAnswer.Session(call, _time.GetUtcNow() + TimeSpan.FromHours(1)),
        "ec2:DescribeInstances" => """{"Reservations":[{"Instances":[{"InstanceId":"i-1"}]}]}""",
        _ => throw new InvalidOperationException(call.Operation),
    };
}
