using Amazon.Runtime;
using CentralOps.Aws.Credentials;
using CentralOps.Profiles.Credentials;

namespace CentralOps.Profiles.Tests;

/// <summary>How long keys are kept, and that many who ask cause one fetch.</summary>
public sealed class SdkCredentialsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Many_who_ask_at_once_cause_one_fetch()
    {
        var (source, credentials, _) = Make(TimeSpan.FromHours(1));

        var keys = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => credentials.GetAsync(default).AsTask()));

        keys.Distinct().ShouldBe([new AwsCredentials("AKID1", "secret", "token", Start.AddHours(1))]);
        source.Fetched.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_are_fetched_anew_five_minutes_before_they_end()
    {
        var (source, credentials, time) = Make(TimeSpan.FromHours(1));
        await credentials.GetAsync(default);

        time.Now = Start.AddMinutes(54);
        (await credentials.GetAsync(default)).AccessKeyId.ShouldBe("AKID1");
        time.Now = Start.AddMinutes(56);
        (await credentials.GetAsync(default)).AccessKeyId.ShouldBe("AKID2");

        source.Fetched.ShouldBe(2);
    }

    [Fact]
    public async Task Several_calls_that_fail_on_the_same_keys_get_the_same_new_ones()
    {
        var (source, credentials, _) = Make(TimeSpan.FromHours(1));
        var expired = await credentials.GetAsync(default);

        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => credentials.RenewAsync(expired, default).AsTask()));

        renewed.Select(keys => keys!.AccessKeyId).Distinct().ShouldBe(["AKID2"]);
        source.Fetched.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_that_do_not_change_are_no_new_keys()
    {
        var credentials = new SdkCredentials("static", () => new BasicAWSCredentials("AKIDSTATIC", "secret"), TimeProvider.System);
        var keys = await credentials.GetAsync(default);

        (await credentials.RenewAsync(keys, default)).ShouldBeNull();
        keys.ShouldBe(new AwsCredentials("AKIDSTATIC", "secret"));
    }

    [Fact]
    public async Task Whoever_waits_for_keys_can_be_cancelled_and_the_next_one_gets_them()
    {
        var arrived = new TaskCompletionSource();
        var open = new TaskCompletionSource();
        var credentials = new SdkCredentials(
            "slow",
            () =>
            {
                arrived.TrySetResult();
                open.Task.Wait();
                return new BasicAWSCredentials("AKIDSLOW", "secret");
            },
            TimeProvider.System);
        using var cancelling = new CancellationTokenSource();

        var first = credentials.GetAsync(cancelling.Token).AsTask();
        await arrived.Task;
        await cancelling.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        open.SetResult();
        (await credentials.GetAsync(default)).AccessKeyId.ShouldBe("AKIDSLOW");
    }

    [Fact]
    public async Task A_failure_is_not_kept_and_holds_no_word_of_the_cause()
    {
        var attempts = 0;
        var credentials = new SdkCredentials(
            "flaky", () => attempts++ == 0 ? throw new AmazonClientException("hunter2 was refused") : new BasicAWSCredentials("AKID", "secret"), TimeProvider.System);

        var none = await Should.ThrowAsync<CredentialException>(credentials.GetAsync(default).AsTask());

        (none.Problem, none.Message, none.Remedy).ShouldBe(
            (CredentialProblem.Refused, "There are no keys to be had from profile 'flaky'.", "Try: aws sts get-caller-identity --profile flaky"));
        (await credentials.GetAsync(default)).AccessKeyId.ShouldBe("AKID");
    }

    private static (Source Source, SdkCredentials Credentials, Clock Time) Make(TimeSpan life)
    {
        var (source, time) = (new Source(), new Clock { Now = Start });
        source.Life = () => time.Now + life;
        return (source, new SdkCredentials("p", () => source, time), time);
    }

    private sealed class Source : AWSCredentials
    {
        public int Fetched { get; private set; }

        public Func<DateTimeOffset> Life { get; set; } = null!;

        public override ImmutableCredentials GetCredentials()
        {
            Fetched++;
            Expiration = Life().UtcDateTime;
            return new ImmutableCredentials($"AKID{Fetched}", "secret", "token");
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
