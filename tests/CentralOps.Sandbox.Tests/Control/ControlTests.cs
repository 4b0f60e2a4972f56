using System.Net;
using CentralOps.Sandbox.Control;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Tests.Control;

/// <summary>Who may set faults and read the trail from outside, and who may not.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private SandboxServer _server = null!;

    public async Task InitializeAsync() => _server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_operator_adds_lists_and_removes_faults_from_another_process()
    {
        using var sockets = new SocketsHttpHandler();
        using var control = new SandboxControl(_server.Url, _server.Operator, sockets, TimeProvider.System);

        var added = await control.AddFaultAsync(new Fault(FaultKind.Throttle, Account: "Production", Service: "ec2", Rate: 2.5, Burst: 4, Times: 9), CancellationToken.None);
        var listed = await control.ListFaultsAsync(CancellationToken.None);

        added.ShouldBe(new StandingFault("f-1", new Fault(FaultKind.Throttle, "222222222222", "*", "ec2", "*", 2.5, 4, Times: 9), 0, null));
        listed.ShouldBe([added]);
        listed.ShouldBe(_server.Faults.All);
        await control.RemoveFaultAsync("f-1", CancellationToken.None);
        _server.Faults.All.ShouldBeEmpty();
        (await Should.ThrowAsync<SandboxRefusedException>(() => control.RemoveFaultAsync("f-1", CancellationToken.None))).Message.ShouldBe("There is no fault 'f-1'.");
        (await Should.ThrowAsync<SandboxRefusedException>(() => control.AddFaultAsync(new Fault(FaultKind.Latency), CancellationToken.None))).Message.ShouldContain("latency_ms");
        (await control.ClearFaultsAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData(7200)]
    [InlineData(-7200)]
    public async Task A_clock_that_was_set_wrong_can_be_set_right_again(int seconds)
    {
        using var sockets = new SocketsHttpHandler();
        using var control = new SandboxControl(_server.Url, _server.Operator, sockets, TimeProvider.System);

        await control.AddFaultAsync(new Fault(FaultKind.ClockSkew, Seconds: seconds), CancellationToken.None);

        (await control.ClearFaultsAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_the_sandbox_hands_out_may_not()
    {
        var session = await Signed.SessionAsync(_server, "222222222222");

        var answer = await SendAsync("/faults", """{"kind":"throttle"}""", session);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldContain("Only the operator");
        _server.Faults.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signature_that_is_wrong_is_refused_before_anything_is_read()
    {
        (await SendAsync("/faults", "{", _server.Operator with { SecretAccessKey = "wrong" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Signed.SendAsync(_server, _server.Operator, "centralops-sandbox", "/faults", "{}", sent: """{"kind":"drop"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Signed.SendAsync(_server, _server.Operator, "centralops-sandbox", "/faults", "{}", host: "evil.example")).Status.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task An_unsigned_request_is_not_for_it()
    {
        using var http = new HttpClient();

        var answer = await http.PostAsync(new Uri(_server.Url, "/faults"), new StringContent("""{"kind":"drop"}"""));

        answer.IsSuccessStatusCode.ShouldBeFalse();
        _server.Faults.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/faults", """{"kind":"none"}""", 400, "$.kind")]
    [InlineData("/faults", """{"kind":"throttle","colour":1}""", 400, "$.colour")]
    [InlineData("/faults", "not json", 400, "$")]
    [InlineData("/faults", "null", 400, "null")]
    [InlineData("/trail", """{"limit":"x"}""", 400, "$.limit")]
    [InlineData("/elsewhere", "{}", 404, "/faults and /trail")]
    public async Task What_it_does_not_understand_it_refuses_with_the_place(string path, string body, int status, string named)
    {
        var answer = await SendAsync(path, body, _server.Operator);

        ((int)answer.Status).ShouldBe(status);
        answer.Body.ShouldContain(named);
        answer.Body.ShouldNotContain("CentralOps.");
    }

    [Fact]
    public async Task A_body_without_end_is_not_read()
    {
        var answer = await SendAsync("/faults", $$"""{"kind":"throttle","account":"{{new string('1', 20_000)}}"}""", _server.Operator);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.ShouldContain("longer than 16384 bytes");
    }

    [Fact]
    public async Task The_trail_is_read_with_names_and_goes_on_from_where_it_was()
    {
        using var sockets = new SocketsHttpHandler();
        using var control = new SandboxControl(_server.Url, _server.Operator, sockets, TimeProvider.System);
        await Signed.SessionAsync(_server, "222222222222");
        await Signed.SessionAsync(_server, "333333333333");

        using var production = await control.ReadTrailAsync(new TrailQuery(Account: "production"), CancellationToken.None);
        var last = production.RootElement.GetProperty("last").GetInt64();
        using var later = await control.ReadTrailAsync(new TrailQuery(After: last), CancellationToken.None);

        production.RootElement.GetProperty("Records").EnumerateArray().ShouldHaveSingleItem().GetProperty("resources")[0].GetProperty("ARN").GetString()
            .ShouldBe("arn:aws:iam::222222222222:role/CentralOpsTargetRole");
        last.ShouldBe(2);
        later.RootElement.GetProperty("Records").GetArrayLength().ShouldBe(0);
    }

    private Task<Answer> SendAsync(string path, string body, CentralOps.Aws.Credentials.AwsCredentials credentials) =>
        Signed.SendAsync(_server, credentials, "centralops-sandbox", path, body);
}
