using System.Buffers;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>The client half, a real socket, the server half, and back, for the services that are built in.</summary>
public sealed class BothHalvesTests : IAsyncLifetime, IDisposable
{
    private static readonly AwsCredentials Operator = new("AKIDOPERATOR", "operator-secret");

    private readonly ManualTime _time = new();
    private readonly ModelServer _aws;
    private readonly LoopbackServer _server;
    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());
    private readonly ArrayBufferWriter<byte> _output = new();

    public BothHalvesTests()
    {
        _aws = new ModelServer(_time);
        _aws.Add(new AccessKey(Operator.AccessKeyId, Operator.SecretAccessKey, "arn:aws:iam::111111111111:user/operator"));
        _server = new LoopbackServer(_aws.AnswerAsync);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task An_assumed_role_s_keys_describe_instances_page_by_page()
    {
        _aws.On("AssumeRole", input =>
        {
            input.ShouldContain("arn:aws:iam::222222222222:role/CentralOpsTargetRole");
            _aws.Add(new AccessKey("ASIAROLE", "role-secret", "arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/local") { SessionToken = "tok/en+==" });
            return """{"Credentials":{"AccessKeyId":"ASIAROLE","SecretAccessKey":"role-secret","SessionToken":"tok/en+==","Expiration":"2026-03-01T13:00:00Z"}}""";
        });
        _aws.On("DescribeInstances", input => input.Contains("NextToken", StringComparison.Ordinal)
            ? """{"Reservations":[{"Instances":[{"InstanceId":"i-3","State":{"Name":"stopped"}}]}]}"""
            : """
              {"Reservations":[{"Instances":[{"InstanceId":"i-1","State":{"Name":"running"},"Tags":[{"Key":"Name","Value":"web <1> & co"}]}]},
              {"Instances":[{"InstanceId":"i-2","State":{"Name":"running"}}]}],"NextToken":"page/2=="}
              """);

        var assumed = await CallAsync("sts", "AssumeRole", """{"RoleArn":"arn:aws:iam::222222222222:role/CentralOpsTargetRole","RoleSessionName":"local"}""", Operator);
        assumed.Failure.ShouldBeNull();
        Text.ShouldContain("\"SessionToken\":\"tok/en+==\"");
        _output.Clear();

        var role = new AwsCredentials("ASIAROLE", "role-secret", "tok/en+==");
        var projection = Projection.Items("Reservations.Instances", Field.Value("InstanceId"), Field.Value("State.Name", "State"), Field.TagMap("Tags"));
        var into = new Transcription(_output, projection);
        (await CallAsync("ec2", "DescribeInstances", """{"MaxResults":5}""", role, into)).Failure.ShouldBeNull();
        into.NextToken.ShouldBe("page/2==");
        (await CallAsync("ec2", "DescribeInstances", $$"""{"MaxResults":5,"NextToken":"{{into.NextToken}}"}""", role, into)).Failure.ShouldBeNull();

        into.NextToken.ShouldBeNull();
        Text.ShouldBe("""{"InstanceId":"i-1","State":"running","Tags":{"Name":"web <1> & co"}},{"InstanceId":"i-2","State":"running","Tags":{}},{"InstanceId":"i-3","State":"stopped","Tags":{}}""");
    }

    [Fact]
    public async Task Organizations_lists_accounts_and_is_signed_for_its_own_region()
    {
        _aws.On("ListAccounts", _ => """{"Accounts":[{"Id":"222222222222","Name":"Production","Status":"ACTIVE","JoinedTimestamp":1700000000}],"NextToken":"more"}""");
        var into = new Transcription(_output, Projection.Items("Accounts", Field.Value("Id"), Field.Value("Name")));

        (await CallAsync("organizations", "ListAccounts", "{}", Operator, into)).Failure.ShouldBeNull();

        (Text, into.NextToken).ShouldBe(("""{"Id":"222222222222","Name":"Production"}""", "more"));
        _server.Requests.Single().Headers.Find("Authorization")!.ShouldContain("/us-east-1/organizations/aws4_request");
    }

    [Theory]
    [InlineData("central-ops-ec2")]
    [InlineData("arn:aws:lambda:eu-west-1:111111111111:function:central-ops-ec2")]
    public async Task Lambda_takes_and_gives_a_payload_as_bytes(string function)
    {
        _aws.On("Invoke", input =>
        {
            Encoding.UTF8.GetString(input.Json.Span).ShouldContain($"\"FunctionName\":\"{function}\"");
            return new AwsOutput("""{"FunctionError":"Unhandled","ExecutedVersion":"$LATEST"}"""u8.ToArray(), Reverse(input.Blob!.Value));
        });
        var into = new Transcription(_output);
        var payload = new AwsInput(Encoding.UTF8.GetBytes($$"""{"FunctionName":"{{function}}","ClientContext":"e30="}"""), "{\"a\":1}"u8.ToArray());

        var answer = await ClientAt().CallAsync(
            new AwsCall(ModelLibrary.Operation("lambda", "Invoke"), payload, "eu-west-1", Operator) { MaxAttempts = 1 }, into, CancellationToken.None);

        answer.Failure.ShouldBeNull();
        Encoding.UTF8.GetString(into.Blob.Span).ShouldBe("}1:\"a\"{");
        Text.ShouldContain("\"FunctionError\":\"Unhandled\"");
        (answer.RequestId, answer.Attempts).ShouldBe(("request-1", 1));
    }

    [Theory]
    [InlineData("sts", "GetCallerIdentity", "{}", "SignatureDoesNotMatch", 403)]
    [InlineData("ec2", "DescribeRegions", "{}", "AuthFailure", 401)]
    [InlineData("organizations", "ListRoots", "{}", "InvalidSignatureException", 400)]
    [InlineData("lambda", "Invoke", """{"FunctionName":"f"}""", "InvalidSignatureException", 403)]
    public async Task A_wrong_secret_is_refused_in_each_service_s_own_words(string service, string operation, string input, string code, int status)
    {
        var answer = await CallAsync(service, operation, input, Operator with { SecretAccessKey = "guessed" });

        (answer.Failure!.Kind, answer.Failure.Code, answer.Failure.Status, answer.Attempts).ShouldBe((FailureKind.Credentials, code, status, 1));
        answer.Failure.RequestId.ShouldBe("request-0");
        answer.Failure.Message.ShouldNotContain("guessed");
        Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sts", "AssumeRole", """{"RoleArn":"arn:aws:iam::222222222222:role/CentralOpsTargetRole","RoleSessionName":"local"}""", "AccessDenied")]
    [InlineData("ec2", "DescribeInstances", "{}", "UnauthorizedOperation")]
    [InlineData("organizations", "ListAccounts", "{}", "AccessDeniedException")]
    public async Task A_refusal_of_a_service_keeps_its_code_and_words(string service, string operation, string input, string code)
    {
        _aws.On(operation, _ => new WireError(code, "User: arn:… is not authorized", 403));

        var failure = (await CallAsync(service, operation, input, Operator)).Failure!;

        (failure.Kind, failure.Code, failure.Message, failure.RequestId).ShouldBe((FailureKind.Access, code, "User: arn:… is not authorized", "request-1"));
    }

    [Fact]
    public async Task A_throttled_EC2_is_asked_again()
    {
        var asked = 0;
        _aws.On("DescribeRegions", _ => asked++ == 0
            ? new WireError("RequestLimitExceeded", "Request limit exceeded.", 503)
            : new AwsOutput("""{"Regions":[{"RegionName":"eu-west-1"}]}"""u8.ToArray()));

        var answer = await CallAsync("ec2", "DescribeRegions", "{}", Operator);

        (answer.Succeeded, answer.Attempts, Text).ShouldBe((true, 2, """{"Regions":[{"RegionName":"eu-west-1"}]}"""));
    }

    [Theory]
    [InlineData("sts", "GetCallerIdentity", "{}", """{"Account":"111111111111"}""")]
    [InlineData("ec2", "DescribeRegions", "{}", """{"Regions":[{"RegionName":"eu-west-1"}]}""")]
    [InlineData("organizations", "ListRoots", "{}", """{"Roots":[{"Id":"r-1"}]}""")]
    public async Task A_clock_that_is_an_hour_late_is_corrected_by_the_server_s_date(string service, string operation, string input, string output)
    {
        _aws.On(operation, _ => output);
        var late = new LateClock(_time, TimeSpan.FromHours(1));

        var answer = await ClientAt(late).CallAsync(
            new AwsCall(ModelLibrary.Operation(service, operation), new(Encoding.UTF8.GetBytes(input)), "eu-west-1", Operator), new(_output), CancellationToken.None);

        answer.Failure.ShouldBeNull();
        (answer.Attempts, Text).ShouldBe((2, output));
    }

    private string Text => Encoding.UTF8.GetString(_output.WrittenSpan);

    private static byte[] Reverse(ReadOnlyMemory<byte> bytes)
    {
        var copy = bytes.ToArray();
        Array.Reverse(copy);
        return copy;
    }

    private AwsClient ClientAt(TimeProvider? time = null) => new(
        _http,
        new EndpointResolver(EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL" ? _server.Url.AbsoluteUri : null)),
        time ?? _time,
        CallFixture.FullWaits);

    private Task<AwsAnswer> CallAsync(string service, string operation, string input, AwsCredentials credentials, Transcription? into = null) => ClientAt().CallAsync(
        new AwsCall(ModelLibrary.Operation(service, operation), new(Encoding.UTF8.GetBytes(input)), "eu-west-1", credentials),
        into ?? new Transcription(_output),
        CancellationToken.None);

    private sealed class LateClock(ManualTime time, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() - by;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
