using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
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
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;
using Microsoft.Extensions.Logging;

namespace CentralOps.Tools.Tests.Live;

/// <summary>
/// The sixteen over the default estate, all pages, every refusal and fault, with every session's keys known: no secret comes out anywhere.
/// </summary>
public sealed class LeakTests : IAsyncLifetime
{
    private const string ExternalId = "external-id-8f3a1c77d0";

    private static readonly string[] Accounts = ["111111111111", "222222222222", "333333333333", "444444444444", "888888888888", "121212121212", "131313131313", "141414141414"];

    private readonly LeakScan _scan = new();
    private readonly ConcurrentQueue<(string Where, string Text)> _texts = new();
    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    private Lines Log { get; } = new();

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Logging = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log)) }, CancellationToken.None);
        Tools = Anew();
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_anybody_sees_holds_a_secret_or_a_character_that_acts()
    {
        // 1. Every list of every account and region to its end, and every thing in it.
        foreach (var region in new[] { "us-east-1", "us-west-2", "eu-west-1", "ap-southeast-3" })
        {
            await Task.WhenAll(Accounts.Select(account => AskEverythingAsync(account, region)));
        }

        await AskAsync("list_accounts", new JsonObject { ["check_access"] = true });

        // 2. What is refused for its arguments is shown again in the refusal.
        foreach (var tool in ToolCatalog.Declarations)
        {
            await AskAsync(tool.Name, new JsonObject { ["account_id"] = "no\u001B[31m\u202Eaccount\u0085", ["region"] = "mars\u202E-1", ["\u200Bbad\u0007"] = 1, ["next_token"] = "x\u0000y" });
            await AskAsync(tool.Name, new JsonObject { ["account_id"] = "nobody\u202E", ["bucket"] = "no\u202Ebucket", ["function_name"] = "no\u0007function" });
        }

        // 3. What every text argument may hold goes to AWS, whose words come back.
        await Task.WhenAll(ToolCatalog.Declarations.SelectMany(Hostile).Select(question => AskAsync(question.Tool, question.Arguments)));

        // 4. Every fault.
        foreach (var kind in new[] { FaultKind.Deny, FaultKind.Drop, FaultKind.DropAfterHead, FaultKind.Malformed, FaultKind.Truncated, FaultKind.Expired, FaultKind.Throttle })
        {
            var fault = _server.Faults.Add(new Fault(kind, "222222222222"));
            await using (Tools = Anew())
            {
                await Task.WhenAll(FanOut.Regional.Select(one => AskAsync(one.Tool, FanOut.In("222222222222", "us-east-1"))));
            }

            _server.Faults.Remove(fault.Id);
        }

        _server.Faults.Add(new Fault(FaultKind.Expired, Service: "sts"));
        await using (Tools = Anew())
        {
            await AskAsync("describe_ec2_vpcs", FanOut.In("222222222222", "us-east-1"));
        }

        // 5. The logs, and the trail, which tells names as they were asked for.
        foreach (var line in Log.All)
        {
            See("log", line, withCharacters: false);
        }

        foreach (var call in _server.Trail.Find(new TrailQuery(Limit: 10_000)))
        {
            See("trail", JsonSerializer.Serialize(call), withCharacters: false);
        }

        _scan.Keep(_server.Operator.SecretAccessKey, null);
        _scan.LookForKeys(_texts);
        _scan.Leaks.Distinct().Take(30).ShouldBeEmpty();

        // It met the hostile names, read a lot, and knew what to look for.
        _scan.Read.ShouldBeGreaterThan(1_000_000);
        _scan.Secrets.ShouldBeGreaterThan(50);
        Log.All.ShouldNotBeEmpty();
        _texts.ShouldContain(static text => text.Text.Contains("webgnp.exe", StringComparison.Ordinal));
    }

    [Fact]
    public void The_scan_finds_what_was_planted()
    {
        var scan = new LeakScan();
        scan.Keep("a-secret/access+key", "a-session-token");
        scan.Look("mark", """{"a":[{"b":"s\u0033cr3t-x"}]}""");
        scan.Look("character", """{"name":"web\u202Egnp"}""");
        scan.Look("member", """{"na\u0085me":1}""");
        scan.Look("token", "IQoJb3JpZ2luX2VjAAAA");
        scan.LookForKeys([("key", "Authorization: a-secret/access+key"), ("escaped", "token=a-secret%2Faccess%2Bkey"), ("session", "x a-session-token y"), ("clean", "nothing")]);
        scan.Leaks.ShouldBe(
            ["mark.a.b: a seeded secret", "character.name: U+202E", "member: U+0085", "token: a session token", "key: a secret access key", "escaped: a secret access key", "session: a session token"]);
    }

    [Theory]
    [InlineData("lambda", "ListFunctions", "{}")]
    [InlineData("lambda", "GetFunction", """{"FunctionName":"prod-api-auth"}""")]
    public async Task The_same_answers_read_without_our_guard_are_found_to_leak(string service, string operation, string input)
    {
        SessionPolicy.TryMake("raw", [$"{service}:{operation}"], out var policy, out _).ShouldBeTrue();
        AccountId.TryParse("222222222222", out var account).ShouldBeTrue();
        var grant = await Tools.Assumption.MakeAsync(new SessionKey(account, "aws", "CentralOpsTargetRole", policy.Document, new Caller("jane", CallerKind.LocalToken), "raw"), CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        var call = new AwsCall(ModelLibrary.Operation(service, operation), new AwsInput(Encoding.UTF8.GetBytes(input)), "us-east-1", grant.Session!.Credentials);
        (await Tools.Client.CallAsync(call, new Transcription(output), CancellationToken.None)).Failure.ShouldBeNull();

        _scan.Look("raw", Encoding.UTF8.GetString(output.WrittenSpan));

        _scan.Leaks.ShouldNotBeEmpty();
        _scan.Leaks.ShouldContain(static leak => leak.EndsWith("a seeded secret", StringComparison.Ordinal));
    }

    /// <summary>The example with one text at a time made hostile.</summary>
    private static IEnumerable<(string Tool, JsonObject Arguments)> Hostile(ToolDeclaration tool)
    {
        foreach (var argument in tool.InputSchema.GetProperty("properties").EnumerateObject())
        {
            var type = argument.Value.GetProperty("type") is { ValueKind: JsonValueKind.String } one ? one.GetString() : "string";
            var isTexts = type == "array" && argument.Value.GetProperty("items").GetProperty("type").GetString() == "string";
            if ((type == "string" || isTexts) && argument.Name is not "account_id")
            {
                var arguments = JsonNode.Parse(tool.Example)!.AsObject();
                const string Text = "i-0\u202E\u0007\u001B[31m\u2028";
                arguments[argument.Name] = isTexts ? new JsonArray(Text) : Text;
                yield return (tool.Name, arguments);
            }
        }
    }

    private async Task AskEverythingAsync(string account, string region)
    {
        foreach (var tool in ToolCatalog.Declarations.Where(static tool => tool.Name != "list_accounts"))
        {
            var question = JsonNode.Parse(tool.Example)!.AsObject();
            question["account_id"] = account;
            if (tool.Name != "get_account_metadata")
            {
                question["region"] = region;
            }

            var pages = 0;
            JsonElement answer;
            do
            {
                answer = await AskAsync(tool.Name, question);
                await AskForEachAsync(answer, account, region);
                question["next_token"] = answer.TryGetProperty("next_token", out var next) ? next.GetString() : null;
            }
            while (question["next_token"] is not null && ++pages < 1000);
        }
    }

    private async Task AskForEachAsync(JsonElement answer, string account, string region)
    {
        var (list, tool, argument, name) = answer.TryGetProperty("functions", out var functions)
            ? (functions, "get_lambda_function", "function_name", "FunctionName")
            : answer.TryGetProperty("buckets", out var buckets) ? (buckets, "get_s3_bucket_info", "bucket", "Name") : default;
        if (tool is null)
        {
            return;
        }

        foreach (var item in list.EnumerateArray())
        {
            var question = FanOut.In(account, region);
            question[argument] = item.GetProperty(name).GetString();
            await AskAsync(tool, question);
        }
    }

    private async Task<JsonElement> AskAsync(string tool, JsonObject arguments)
    {
        var answer = await Tools.AskAsync(tool, arguments);
        See($"{tool} {arguments.ToJsonString()}", answer.GetRawText());
        return answer;
    }

    private void See(string where, string text, bool withCharacters = true)
    {
        _texts.Enqueue((where, text));
        _scan.Look(where, text, withCharacters);
    }

    private LiveTools Anew()
    {
        var keys = LiveTools.KeysOf(_server);
        _scan.Keep(keys.SecretAccessKey, keys.SessionToken);
        _scan.Note("the external id", ExternalId);
        return new LiveTools(_server.Url, keys, sessions => new KnownSessions(sessions, _scan), externalId: ExternalId);
    }

    /// <summary>Notes the keys of every session that is made.</summary>
    private sealed class KnownSessions(ISessionMaker sessions, LeakScan scan) : ISessionMaker
    {
        public async Task<SessionGrant> MakeAsync(SessionKey key, CancellationToken cancellationToken)
        {
            var grant = await sessions.MakeAsync(key, cancellationToken);
            if (grant.Session is { } session)
            {
                scan.Keep(session.Credentials.SecretAccessKey, session.Credentials.SessionToken);
            }

            return grant;
        }
    }

    /// <summary>Every line of every logger, whatever its level.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
