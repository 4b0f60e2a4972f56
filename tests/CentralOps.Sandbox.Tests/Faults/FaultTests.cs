using System.Net;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Faults;

/// <summary>Each fault as a client of the sandbox meets it.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private SandboxServer _server = null!;

    public async Task InitializeAsync() => _server = await SandboxServer.StartAsync(new SandboxOptions { Time = _time }, CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("sts", null, 400, "Throttling")]
    [InlineData("ec2", null, 503, "RequestLimitExceeded")]
    [InlineData("organizations", "AWSOrganizationsV20161128.ListRoots", 400, "TooManyRequestsException")]
    [InlineData("lambda", null, 429, "TooManyRequestsException")]
    public async Task Throttling_has_the_services_own_code(string service, string? target, int status, string code)
    {
        _server.Faults.Add(new Fault(FaultKind.Throttle, Service: service));

        var answer = await CallAsync(service, target);

        ((int)answer.Status).ShouldBe(status);
        (answer.Body + answer.Headers).ShouldContain(code);
    }

    [Fact]
    public async Task A_rate_lets_its_burst_pass_and_then_so_many_a_second()
    {
        _server.Faults.Add(new Fault(FaultKind.Throttle, Service: "sts", Rate: 2, Burst: 3));

        (await PassedAsync(5)).ShouldBe(3);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await PassedAsync(5)).ShouldBe(2);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await PassedAsync(5)).ShouldBe(3);
        _server.Faults.All.ShouldHaveSingleItem().Hits.ShouldBe(7);

        async Task<int> PassedAsync(int calls)
        {
            var passed = 0;
            for (var i = 0; i < calls; i++)
            {
                passed += (await CallAsync("sts")).Status == HttpStatusCode.OK ? 1 : 0;
            }

            return passed;
        }
    }

    [Theory]
    [InlineData("111111111111", "*", "*", "*", true)]
    [InlineData("Central Operations", "us-east-1", "sts", "GetCallerIdentity", true)]
    [InlineData("222222222222", "*", "*", "*", false)]
    [InlineData("*", "eu-west-1", "*", "*", false)]
    [InlineData("*", "*", "ec2", "*", false)]
    [InlineData("*", "*", "*", "AssumeRole", false)]
    public async Task A_fault_strikes_where_it_was_put_and_nowhere_else(string account, string region, string service, string operation, bool strikes)
    {
        _server.Faults.Add(new Fault(FaultKind.Throttle, account, region, service, operation));

        (await CallAsync("sts")).Status.ShouldBe(strikes ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("identity", false, "because no identity-based policy allows the ec2:DescribeInstances action")]
    [InlineData("scp", true, "with an explicit deny in a service control policy")]
    [InlineData("session", false, "because no session policy allows the ec2:DescribeInstances action")]
    [InlineData("boundary", false, "because no permissions boundary allows the ec2:DescribeInstances action")]
    public async Task A_denial_names_the_policy_in_awss_words(string policy, bool isExplicit, string words)
    {
        var session = await Signed.SessionAsync(_server, "222222222222", now: _time.GetUtcNow());
        _server.Faults.Add(new Fault(FaultKind.Deny, Service: "ec2", Policy: policy, Explicit: isExplicit));

        var answer = await Signed.SendAsync(_server, session, "ec2", "/", Signed.Instances, now: _time.GetUtcNow());

        answer.Element("Code").ShouldBe("UnauthorizedOperation");
        answer.Element("Message").ShouldEndWith(words);
    }

    [Fact]
    public async Task Latency_holds_the_answer_back_for_its_time()
    {
        _server.Faults.Add(new Fault(FaultKind.Latency, Service: "sts", LatencyMs: 5000));

        var call = CallAsync("sts");
        await Eventually.BecomesTrue(() => _time.Waiting > 0, "the answer waits");
        call.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));

        (await call).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.DropAfterHead)]
    public async Task A_dropped_connection_is_no_answer(FaultKind kind)
    {
        _server.Faults.Add(new Fault(kind, Times: 1));

        await Should.ThrowAsync<HttpRequestException>(() => CallAsync("sts"));
        (await CallAsync("sts")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(FaultKind.Malformed, "<{")]
    [InlineData(FaultKind.Truncated, "")]
    public async Task A_damaged_body_comes_with_a_whole_head(FaultKind kind, string end)
    {
        var whole = await CallAsync("sts");
        _server.Faults.Add(new Fault(kind));

        var answer = await CallAsync("sts");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Body.Length.ShouldBeLessThan(whole.Body.Length);
        answer.Body.TrimEnd('\uFFFD').ShouldEndWith(end);
        Should.Throw<System.Xml.XmlException>(() => System.Xml.Linq.XDocument.Parse(answer.Body));
    }

    [Theory]
    [InlineData("sts", null, 403, "ExpiredToken")]
    [InlineData("ec2", null, 400, "RequestExpired")]
    [InlineData("organizations", "AWSOrganizationsV20161128.ListRoots", 400, "ExpiredTokenException")]
    public async Task Expired_credentials_have_the_services_own_code(string service, string? target, int status, string code)
    {
        _server.Faults.Add(new Fault(FaultKind.Expired));

        var answer = await CallAsync(service, target);

        ((int)answer.Status).ShouldBe(status);
        answer.Body.ShouldContain(code);
    }

    [Fact]
    public async Task Sessions_of_one_second_are_over_after_it()
    {
        _server.Faults.Add(new Fault(FaultKind.SessionLifetime, Account: "Production", Seconds: 1));
        var brief = await Signed.SessionAsync(_server, "222222222222", now: _time.GetUtcNow());
        var usual = await Signed.SessionAsync(_server, "333333333333", now: _time.GetUtcNow());

        _time.Advance(TimeSpan.FromSeconds(2));

        (await Signed.SendAsync(_server, brief, "sts", "/", Signed.Identity, now: _time.GetUtcNow())).Element("Code").ShouldBe("ExpiredToken");
        (await Signed.SendAsync(_server, usual, "sts", "/", Signed.Identity, now: _time.GetUtcNow())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_clock_refuses_signatures_and_shows_itself_in_the_date()
    {
        _server.Faults.Add(new Fault(FaultKind.ClockSkew, Seconds: 1200));

        var refused = await CallAsync("sts");
        var mended = await Signed.SendAsync(_server, _server.Operator, "sts", "/", Signed.Identity, now: refused.Headers.Date);

        refused.Element("Code").ShouldBe("SignatureDoesNotMatch");
        (refused.Headers.Date!.Value - _time.GetUtcNow()).TotalSeconds.ShouldBe(1200, tolerance: 1.5);
        mended.Status.ShouldBe(HttpStatusCode.OK);
        _server.Faults.Clear().ShouldBe(1);
        (await CallAsync("sts")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_goes_after_its_number_or_its_time()
    {
        _server.Faults.Add(new Fault(FaultKind.Expired, Times: 2));
        _server.Faults.Add(new Fault(FaultKind.Throttle, ForSeconds: 60));

        (await CallAsync("sts")).Element("Code").ShouldBe("ExpiredToken");
        (await CallAsync("sts")).Element("Code").ShouldBe("ExpiredToken");
        (await CallAsync("sts")).Element("Code").ShouldBe("Throttling");
        _server.Faults.All.ShouldHaveSingleItem().Id.ShouldBe("f-2");
        _time.Advance(TimeSpan.FromSeconds(60));
        (await CallAsync("sts")).Status.ShouldBe(HttpStatusCode.OK);
        _server.Faults.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"Kind":0,"Account":"999"}""", "account")]
    [InlineData("""{"Kind":0,"Region":"mars-1"}""", "region")]
    [InlineData("""{"Kind":0,"Service":"monitoring"}""", "service")]
    [InlineData("""{"Kind":0,"Service":"ec2","Operation":"AssumeRole"}""", "operation")]
    [InlineData("""{"Kind":0,"Rate":-1}""", "rate")]
    [InlineData("""{"Kind":0,"Burst":0}""", "burst")]
    [InlineData("""{"Kind":1,"Policy":"fate"}""", "policy")]
    [InlineData("""{"Kind":2}""", "latency_ms")]
    [InlineData("""{"Kind":2,"LatencyMs":10,"LatencyUpToMs":5}""", "latency_up_to_ms")]
    [InlineData("""{"Kind":8}""", "seconds")]
    [InlineData("""{"Kind":8,"Seconds":5,"Service":"ec2"}""", "service")]
    [InlineData("""{"Kind":9,"Seconds":0}""", "seconds")]
    [InlineData("""{"Kind":9,"Seconds":60,"Account":"222222222222"}""", "account")]
    [InlineData("""{"Kind":9,"Seconds":60,"Times":2}""", "times")]
    [InlineData("""{"Kind":0,"Times":0}""", "times")]
    [InlineData("""{"Kind":0,"ForSeconds":0}""", "for_seconds")]
    [InlineData("""{"Kind":77}""", "kind")]
    public void What_a_fault_cannot_be_is_refused_with_the_members_name(string json, string member) =>
        Should.Throw<SandboxRefusedException>(() => _server.Faults.Add(System.Text.Json.JsonSerializer.Deserialize<Fault>(json)!)).Message.ShouldContain(member);

    [Fact]
    public void A_latency_between_two_bounds_is_the_same_at_every_run()
    {
        var fault = new Fault(FaultKind.Latency, LatencyMs: 100, LatencyUpToMs: 2000);
        var (one, other) = (new ActiveFault("f-1", fault, default), new ActiveFault("f-1", fault, default));
        var delays = Enumerable.Range(0, 50).Select(_ => one.Delay()).ToList();

        Enumerable.Range(0, 50).Select(_ => other.Delay()).ShouldBe(delays);
        delays.ShouldAllBe(delay => delay.TotalMilliseconds >= 100 && delay.TotalMilliseconds <= 2000);
        delays.Distinct().Count().ShouldBeGreaterThan(20);
    }

    private Task<Answer> CallAsync(string service, string? target = null) => (service, target) switch
    {
        ("ec2", _) => Signed.SendAsync(_server, _server.Operator, service, "/", Signed.Instances, now: _time.GetUtcNow()),
        ("lambda", _) => Signed.SendAsync(_server, _server.Operator, service, "/2015-03-31/functions/none/invocations", "{}", now: _time.GetUtcNow()),
        (_, not null) => Signed.SendAsync(_server, _server.Operator, service, "/", "{}", target: target, now: _time.GetUtcNow()),
        _ => Signed.SendAsync(_server, _server.Operator, service, "/", Signed.Identity, now: _time.GetUtcNow()),
    };
}
