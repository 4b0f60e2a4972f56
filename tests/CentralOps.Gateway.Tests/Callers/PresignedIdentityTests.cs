using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Gateway.Callers;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using CentralOps.Sandbox;

namespace CentralOps.Gateway.Tests.Callers;

/// <summary>AWS identities whose keys the gateway does not know, judged by the sandbox's STS, which checks signatures as AWS does.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The test framework disposes of it asynchronously.")]
public sealed class PresignedIdentityTests : IAsyncLifetime
{
    private const string Role = "arn:aws:iam::111111111111:role/CentralOpsLambdaRole";

    private readonly ConcurrentQueue<Caller> _callers = [];
    private readonly Counting _http = new();
    private SandboxServer _sandbox = null!;
    private TestGateway _gateway = null!;
    private bool _admits = true;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        _gateway = await StartAsync(new ManualOffset());
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sandbox.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task A_role_proves_itself_without_showing_its_keys()
    {
        var answer = await CallAsync(Token());

        answer.Text.ShouldBe("1", answer.Body);
        _callers.ShouldBe([new Caller("arn:aws:sts::111111111111:assumed-role/CentralOpsLambdaRole/operator", CallerKind.Iam)]);
    }

    [Fact]
    public async Task AWS_is_asked_once_for_a_token_however_many_come_with_it()
    {
        var token = Token();
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync(token)))).ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        (await CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        _http.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_remembered_as_well()
    {
        var forged = Token(new AwsCredentials(Session.AccessKeyId, "wrong", Session.SessionToken));
        for (var i = 0; i < 3; i++)
        {
            var answer = await CallAsync(forged);
            answer.Status.ShouldBe(HttpStatusCode.Forbidden);
            answer.Message.ShouldBe("Authentication error - AWS did not accept the presigned GetCallerIdentity: sign it anew, for this gateway's id.");
        }

        _http.Sent.ShouldBe(1);
        _callers.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_outside_the_organization_is_refused_by_name()
    {
        _admits = false;
        var answer = await CallAsync(Token());
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldContain("AccessDeniedException: account 111111111111 does not belong to the organization of this gateway.");
    }

    [Fact]
    public async Task What_was_signed_for_another_gateway_is_not_good_here()
    {
        var answer = await CallAsync(PresignedIdentity.Create(Session, _sandbox.Url, "us-east-1", "other-abcdefghij", TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5)));
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldContain("AWS did not accept");
        _http.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_ends_when_it_says_so_although_it_is_remembered()
    {
        var time = new ManualOffset();
        await using var gateway = await StartAsync(time);
        var token = Token(lifetime: TimeSpan.FromMinutes(10));
        (await CallAsync(token, gateway)).Status.ShouldBe(HttpStatusCode.OK);
        time.Ahead = TimeSpan.FromMinutes(10);
        (await CallAsync(token, gateway)).Message.ShouldBe("Authentication error - The AWS identity has expired.");
    }

    [Fact]
    public async Task Floods_of_made_up_tokens_reach_AWS_twenty_times_a_second_at_most()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(time);
        var answers = new List<McpAnswer>();
        for (var i = 0; i < 60; i++)
        {
            answers.Add(await CallAsync(Token(new AwsCredentials("AKIAMADEUP0000000000", $"{i}"), now: time.GetUtcNow()), gateway));
        }

        _http.Sent.ShouldBe(20);
        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests && answer.Code == -32003).ShouldBe(40);
        time.Advance(TimeSpan.FromSeconds(1));
        (await CallAsync(Token(new AwsCredentials("AKIAMADEUP0000000000", "again"), now: time.GetUtcNow()), gateway)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_STS_that_is_away_or_talks_nonsense_admits_nobody_and_is_asked_again()
    {
        foreach (var body in new[] { "", "{}", "<html/>", "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>", Answer("222222222222", "arn:aws:iam::111111111111:user/x"), Answer("111111111111", "arn:aws:s3:::x"), "<!DOCTYPE x [<!ENTITY a \"b\">]>" + Answer("111111111111", "arn:aws:iam::111111111111:user/&a;"), Answer("111111111111", "arn:aws:iam::111111111111:user/x") + new string(' ', 100_000) })
        {
            _http.Instead = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) };
            (await CallAsync(Token())).Status.ShouldBe(HttpStatusCode.ServiceUnavailable, body);
        }

        foreach (var instead in new Func<HttpResponseMessage>[] { () => throw new HttpRequestException("away"), () => new(HttpStatusCode.Found) { Headers = { Location = new Uri("http://127.0.0.1:9/") } }, () => new(HttpStatusCode.InternalServerError) })
        {
            _http.Instead = instead;
            (await CallAsync(Token())).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        var token = Token();
        (await CallAsync(token)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _http.Instead = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Answer("111111111111", "arn:aws:iam::111111111111:user/x")) };
        (await CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        _callers.ShouldHaveSingleItem().Principal.ShouldBe("arn:aws:iam::111111111111:user/x");
    }

    public static TheoryData<string> Bad => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_url_that_is_anything_else_never_reaches_AWS(string name)
    {
        var (change, words) = Changes[name];
        var answer = await CallAsync(change(this));
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldBe($"Authentication error - The AWS identity {words}.");
        answer.Challenge.ShouldBe("");
        _http.Sent.ShouldBe(0);
    }

    private const string NotUrl = "is not base64url of a presigned URL";
    private const string OtherHost = "is not a URL of the STS endpoint that this gateway asks";
    private const string OtherQuery = "has other parameters than those of a presigned GetCallerIdentity";

    private static readonly Dictionary<string, (Func<PresignedIdentityTests, string> Make, string Words)> Changes = new(StringComparer.Ordinal)
    {
        ["no base64"] = (_ => "central-ops-aws-v1.a", NotUrl),
        ["nothing"] = (_ => "central-ops-aws-v1.", OtherHost),
        ["padding"] = (t => t.Token() + "=", NotUrl),
        ["line break"] = (t => t.Url(url => url + "\r\nHost: attacker"), NotUrl),
        ["too long"] = (t => t.Url(url => url + new string('x', 9000)), NotUrl),
        ["another host"] = (t => t.Url(url => url.Replace("127.0.0.1", "169.254.169.254")), OtherHost),
        ["another scheme"] = (t => t.Url(url => url.Replace("http:", "https:")), OtherHost),
        ["another port"] = (t => t.Url(url => url.Replace("/?", "1/?")), OtherHost),
        ["a user before the host"] = (t => t.Url(url => url.Replace("http://", "http://x@")), OtherHost),
        ["our host as a user"] = (t => t.Url(url => url.Replace("/?", "@attacker.example/?")), OtherHost),
        ["another path"] = (t => t.Url(url => url.Replace("/?", "/x?")), OtherHost),
        ["a fragment"] = (t => t.Url(url => url + "#x"), NotUrl),
        ["another action"] = (t => t.Url(url => url.Replace("GetCallerIdentity", "GetSessionToken")), OtherQuery),
        ["another version"] = (t => t.Url(url => url.Replace("2011-06-15", "2011-06-16")), OtherQuery),
        ["a second action"] = (t => t.Url(url => url + "&Action=AssumeRole"), OtherQuery),
        ["a second action, spelt otherwise"] = (t => t.Url(url => url + "&%41ction=AssumeRole"), OtherQuery),
        ["a parameter more"] = (t => t.Url(url => url + "&RoleArn=x"), OtherQuery),
        ["a parameter less"] = (t => t.Url(url => url.Replace("&X-Amz-Algorithm=AWS4-HMAC-SHA256", "")), OtherQuery),
        ["no value"] = (t => t.Url(url => url + "&x"), OtherQuery),
        ["another service"] = (t => t.Url(url => url.Replace("%2Fsts%2F", "%2Fs3%2F")), OtherQuery),
        ["another algorithm"] = (t => t.Url(url => url.Replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")), OtherQuery),
        ["a signature that is none"] = (t => t.Url(url => url[..^1] + "Z"), OtherQuery),
        ["the gateway's header not signed"] = (t => t.Url(url => url.Replace("%3Bx-centralops-gateway", "")), "does not sign exactly the headers host;x-centralops-gateway"),
        ["another header signed"] = (t => t.Url(url => url.Replace("x-centralops-gateway", "x-k8s-aws-id")), "does not sign exactly the headers host;x-centralops-gateway"),
        ["good for 16 minutes"] = (t => t.Url(url => url.Replace("X-Amz-Expires=300", "X-Amz-Expires=960")), "has an X-Amz-Expires that is not 1 to 900 seconds"),
        ["good for no time"] = (t => t.Url(url => url.Replace("X-Amz-Expires=300", "X-Amz-Expires=0")), "has an X-Amz-Expires that is not 1 to 900 seconds"),
        ["good for a negative time"] = (t => t.Url(url => url.Replace("X-Amz-Expires=300", "X-Amz-Expires=-1")), "has an X-Amz-Expires that is not 1 to 900 seconds"),
        ["no date"] = (t => t.Url(url => System.Text.RegularExpressions.Regex.Replace(url, "X-Amz-Date=[^&]*", "X-Amz-Date=yesterday")), "has an X-Amz-Date that is no date such as 20261122T080000Z"),
        ["signed in the future"] = (t => t.Token(now: TimeProvider.System.GetUtcNow().AddMinutes(10)), "was signed in the future"),
        ["over"] = (t => t.Token(now: TimeProvider.System.GetUtcNow().AddMinutes(-6)), "has expired"),
    };

    private AwsCredentials Session => field ??= _sandbox.SessionOf(Role, "operator", TimeSpan.FromHours(1));

    private string Token(AwsCredentials? credentials = null, DateTimeOffset? now = null, TimeSpan? lifetime = null) => PresignedIdentity.Create(
        credentials ?? Session, _sandbox.Url, "us-east-1", TestGateway.Id, now ?? TimeProvider.System.GetUtcNow(), lifetime ?? TimeSpan.FromMinutes(5));

    private string Url(Func<string, string> change) =>
        "central-ops-aws-v1." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Token().AsSpan("central-ops-aws-v1.".Length))))));

    private Task<McpAnswer> CallAsync(string token, TestGateway? gateway = null) =>
        (gateway ?? _gateway).Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Authorization", $"Bearer {token}"));

    private Task<TestGateway> StartAsync(TimeProvider time)
    {
        var target = new TestTarget((invocation, _) =>
        {
            _callers.Enqueue(invocation.Caller);
            return new(TargetAnswer.Of("1"u8.ToArray()));
        });
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))) with { Authorizer = GatewayAuthorizer.AwsIam };
        return TestGateway.StartAsync(TestGateway.Options(config, target) with
        {
            Time = time,
            AwsIdentities = new AwsIdentityOptions { StsEndpoint = _sandbox.Url, AdmitsAccount = (_, _) => new(_admits), Http = new HttpMessageInvoker(_http) },
        });
    }

    private static string Answer(string account, string arn) =>
        $"<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>U</UserId><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

    /// <summary>Counts what goes out, and answers in STS's place where a test says so.</summary>
    private sealed class Counting() : DelegatingHandler(AwsHttp.CreateHandler())
    {
        private int _sent;

        public int Sent => _sent;

        public Func<HttpResponseMessage>? Instead { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _sent);
            return Instead is { } instead ? Task.FromResult(instead()) : base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>The sandbox's time, or a while later.</summary>
    private sealed class ManualOffset : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
