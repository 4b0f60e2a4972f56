using System.Net;
using System.Text.Json;
using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Tests.AwsMcp;

/// <summary>A fact that needs a Python whose boto3 can be pointed at the sandbox.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScriptFactAttribute : FactAttribute
{
    public ScriptFactAttribute() => Skip = Tools.NewPython is null ? "There is no Python with a current boto3 on the PATH." : null;
}

/// <summary>A theory that needs one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScriptTheoryAttribute : TheoryAttribute
{
    public ScriptTheoryAttribute() => Skip = new ScriptFactAttribute().Skip;
}

/// <summary>Scripts run for whoever signed, with his permissions and nothing else.</summary>
public sealed class ScriptTests : IAsyncLifetime
{
    private SandboxServer _server = null!;
    private McpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await StartAsync();
        _client = await McpClient.OpenAsync(_server, await Signed.SessionAsync(_server, "222222222222", "&SourceIdentity=alice"));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [ScriptFact]
    public async Task It_answers_the_guides_question_from_the_account_of_the_credentials()
    {
        var answer = await _client.RunAsync("""
            import boto3, json
            pages = boto3.client("ec2").get_paginator("describe_instances").paginate()
            print(json.dumps([i["InstanceId"] for p in pages for r in p["Reservations"] for i in r["Instances"]]))
            """);

        answer.IsError.ShouldBeFalse(answer.Body);
        var ids = JsonSerializer.Deserialize<string[]>(answer.Structured.GetProperty("stdout").GetString()!)!;
        ids.ShouldBe(Estate.Default.Resources("222222222222", "us-east-1").Fleet.Instances.Select(instance => instance.Id), ignoreOrder: true);
    }

    [ScriptFact]
    public async Task Its_calls_are_the_callers_and_can_be_told_from_them()
    {
        var answer = await _client.RunAsync("""
            import boto3, os
            print(boto3.client("sts").get_caller_identity()["Arn"])
            print(os.environ["AWS_ACCESS_KEY_ID"])
            """);

        var lines = answer.Structured.GetProperty("stdout").GetString()!.Split('\n');
        lines[0].ShouldBe("arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/alice");
        var call = _server.Trail.Find(new TrailQuery(Operation: "GetCallerIdentity")).ShouldHaveSingleItem();
        call.InvokedBy.ShouldBe("aws-mcp.amazonaws.com");
        call.SourceIdentity.ShouldBe("alice");
        call.AccessKeyId.ShouldBe(lines[1]);
        TrailJson(call).GetProperty("userIdentity").GetProperty("invokedBy").GetString().ShouldBe("aws-mcp.amazonaws.com");
    }

    [ScriptFact]
    public async Task A_policy_can_deny_what_comes_through_the_server()
    {
        const string Policy = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": ["ec2:Describe*"], "Resource": "*"},
              {"Effect": "Deny", "Action": "ec2:DescribeVpcs", "Resource": "*", "Condition": {"Bool": {"aws:ViaAWSMCPService": "true"}}},
              {"Effect": "Deny", "Action": "ec2:DescribeSubnets", "Resource": "*", "Condition": {"StringEquals": {"aws:CalledViaAWSMCP": "aws-mcp.amazonaws.com"}}}]}
            """;
        var session = await Signed.SessionAsync(_server, "222222222222", "&Policy=" + Uri.EscapeDataString(Policy));
        using var client = await McpClient.OpenAsync(_server, session);

        var answer = await client.RunAsync("""
            import boto3
            ec2 = boto3.client("ec2")
            for name in ("describe_security_groups", "describe_vpcs", "describe_subnets"):
                try:
                    getattr(ec2, name)()
                    print(name, "answered")
                except ec2.exceptions.ClientError as error:
                    print(name, error.response["Error"]["Code"])
            """);

        answer.Structured.GetProperty("stdout").GetString().ShouldBe("describe_security_groups answered\ndescribe_vpcs UnauthorizedOperation\ndescribe_subnets UnauthorizedOperation\n");
        (await Signed.SendAsync(_server, session, "ec2", "/", "Action=DescribeVpcs&Version=2016-11-15")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [ScriptFact]
    public async Task Its_keys_end_with_it()
    {
        var answer = await _client.RunAsync("import os; print(os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY'], os.environ['AWS_SESSION_TOKEN'])");
        var keys = answer.Structured.GetProperty("stdout").GetString()!.Trim().Split(' ');

        var used = await Signed.SendAsync(_server, new(keys[0], keys[1], keys[2]), "sts", "/", Signed.Identity);

        used.Status.ShouldBe(HttpStatusCode.Forbidden);
        used.Element("Code").ShouldBe("InvalidClientTokenId");
    }

    [ScriptTheory]
    [InlineData("another program", "import subprocess; subprocess.run(['/usr/bin/id'])")]
    [InlineData("a program behind Python's back", "import _posixsubprocess; _posixsubprocess.fork_exec([b'/usr/bin/id'], [b'/usr/bin/id'], True, (), None, None, -1, -1, -1, -1, -1, -1, 2, 2, False, False, 0, None, None, None, -1, None, True)")]
    [InlineData("a second process", "import os; os.fork()")]
    [InlineData("the machine's files", "print(open('/etc/passwd').read())")]
    [InlineData("the environment of others", "import os; print(open('/proc/%d/environ' % os.getppid(), 'rb').read())")]
    [InlineData("a file elsewhere", "open('/tmp/centralops-escaped', 'w').write('x')")]
    [InlineData("another port of this machine", "import socket; socket.create_connection(('127.0.0.1', 22), 5)")]
    [InlineData("another machine", "import os, socket; socket.create_connection(('192.0.2.1', int(os.environ['AWS_ENDPOINT_URL'].rsplit(':', 1)[1])), 5)")]
    [InlineData("datagrams", "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 53))")]
    [InlineData("a local socket", "import socket; socket.socket(socket.AF_UNIX)")]
    [InlineData("a signal to the sandbox", "import os; os.kill(os.getppid(), 15)")]
    [InlineData("the C library", "import ctypes; ctypes.CDLL(None).fork()")]
    [InlineData("higher limits", "import resource; resource.setrlimit(resource.RLIMIT_CPU, (600, 600))")]
    [InlineData("more memory", "x = bytearray(2 << 30)")]
    [InlineData("a large file", "open('large', 'wb').write(bytes(17 << 20))")]
    public async Task It_does_not_get(string what, string code)
    {
        var answer = await _client.RunAsync("try:\n    " + code + "\n    print('got it')\nexcept (OSError, ValueError, MemoryError) as error:\n    print('refused:', type(error).__name__)");

        answer.Structured.GetProperty("stdout").GetString().ShouldStartWith("refused", customMessage: what + ": " + answer.Body);
        File.Exists("/tmp/centralops-escaped").ShouldBeFalse();
    }

    [ScriptFact]
    public async Task Its_directory_is_empty_and_gone_afterwards()
    {
        var answer = await _client.RunAsync("import os; print(os.getcwd(), os.listdir('.')); open('file', 'w').write('x'); os.mkdir('d'); print(os.listdir('.') != [])");

        answer.IsError.ShouldBeFalse(answer.Body);
        var output = answer.Structured.GetProperty("stdout").GetString()!;
        output.ShouldContain(" []\nTrue");
        Directory.Exists(output.Split(' ')[0]).ShouldBeFalse();
    }

    [ScriptFact]
    public async Task Its_environment_holds_nothing_of_the_sandboxs_own()
    {
        var answer = await _client.RunAsync("import os; print(sorted(os.environ))");

        answer.Structured.GetProperty("stdout").GetString()!.Trim().ShouldBe(
            "['AWS_ACCESS_KEY_ID', 'AWS_CONFIG_FILE', 'AWS_DEFAULT_REGION', 'AWS_EC2_METADATA_DISABLED', 'AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_SHARED_CREDENTIALS_FILE', 'HOME', 'LANG', 'PATH', 'TMPDIR', 'TZ']");
    }

    [ScriptFact]
    public async Task What_it_prints_is_cut_and_said_to_be()
    {
        var answer = await _client.RunAsync("print('x' * 3_000_000)");

        answer.IsError.ShouldBeFalse();
        answer.Structured.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        answer.Structured.GetProperty("stdout").GetString()!.Length.ShouldBe(256 * 1024);
    }

    [ScriptFact]
    public async Task Its_own_errors_come_with_their_place_and_without_the_guards()
    {
        var answer = await _client.RunAsync("x = 1\nraise ValueError('no')");

        answer.IsError.ShouldBeTrue();
        answer.Structured.GetProperty("status").GetString().ShouldBe("failed");
        var errors = answer.Structured.GetProperty("stderr").GetString()!;
        errors.ShouldContain("File \"script.py\", line 2");
        errors.ShouldNotContain("File \"<string>\"");
    }

    [ScriptFact]
    public async Task Time_ends_it()
    {
        await using var server = await StartAsync(options => options with { ScriptTime = TimeSpan.FromSeconds(1) });
        using var client = await McpClient.OpenAsync(server, server.Operator);

        var answer = await client.RunAsync("import time; time.sleep(600)");

        answer.IsError.ShouldBeTrue();
        answer.Structured.GetProperty("status").GetString().ShouldBe("timed_out");
    }

    [ScriptFact]
    public async Task A_full_directory_ends_it()
    {
        var answer = await _client.RunAsync("import time\nfor i in range(8):\n    open('f%d' % i, 'wb').write(bytes(15 << 20))\ntime.sleep(600)");

        answer.Structured.GetProperty("status").GetString().ShouldBe("storage_exceeded");
    }

    [ScriptFact]
    public async Task A_cancelled_request_and_a_client_that_leaves_end_it()
    {
        var cancelled = _client.RunAsync("import time; time.sleep(600)", id: 71);
        await RunningAsync(1);
        await _client.TellAsync("notifications/cancelled", new() { ["requestId"] = 71 });
        (await cancelled).ErrorCode.ShouldBe(-32800);

        using var leaving = new CancellationTokenSource();
        var left = _client.RunAsync("import time; time.sleep(600)", id: 72, leaving.Token);
        await RunningAsync(1);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        await RunningAsync(0);
    }

    [ScriptFact]
    public async Task More_requests_at_a_time_than_the_quota_are_throttled_and_a_stopping_sandbox_leaves_no_script()
    {
        var server = await StartAsync(options => options with { ConcurrentRequests = 2 });
        using var client = await McpClient.OpenAsync(server, server.Operator);
        var first = client.RunAsync("import time; time.sleep(600)", id: 1);
        var second = client.RunAsync("import time; time.sleep(600)", id: 2);
        await RunningAsync(2);

        (await client.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await server.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(() => Task.WhenAll(first, second));
        await RunningAsync(0);
    }

    [ScriptFact]
    public async Task A_script_runs_no_scripts()
    {
        var answer = await _client.RunAsync("""
            import json, os, urllib.request
            from botocore.auth import SigV4Auth
            from botocore.awsrequest import AWSRequest
            from botocore.credentials import Credentials
            keys = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["AWS_SESSION_TOKEN"])
            url = os.environ["AWS_ENDPOINT_URL"] + "/mcp"
            def post(method, params, session=None):
                body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
                headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
                request = AWSRequest("POST", url, data=body, headers=headers)
                SigV4Auth(keys, "aws-mcp", "us-east-1").add_auth(request)
                if session:
                    request.headers["Mcp-Session-Id"] = session
                return urllib.request.urlopen(urllib.request.Request(url, body.encode(), dict(request.headers.items())))
            session = post("initialize", {"protocolVersion": "2025-11-25"}).headers["Mcp-Session-Id"]
            print(post("tools/call", {"name": "aws___run_script", "arguments": {"code": "print(1)"}}, session).read().decode())
            """);

        answer.Structured.GetProperty("stdout").GetString()!.ShouldContain("A script cannot run scripts.", customMessage: answer.Body);
    }

    [Fact]
    public async Task Where_there_is_no_python_the_tool_says_so()
    {
        await using var server = await StartAsync(options => options with { Python = "/nowhere/python3" });
        using var client = await McpClient.OpenAsync(server, server.Operator);

        var answer = await client.RunAsync("print(1)");

        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldContain("needs Python 3 with boto3");
    }

    private static Task<SandboxServer> StartAsync(Func<AwsMcpOptions, AwsMcpOptions>? change = null)
    {
        var options = new AwsMcpOptions { RequestsPerSecond = 10_000, Burst = 10_000, Python = Tools.NewPython is null ? null : Path.GetFullPath(Tools.NewPython) };
        return SandboxServer.StartAsync(new SandboxOptions { AwsMcp = change?.Invoke(options) ?? options }, CancellationToken.None);
    }

    /// <summary>Waits until so many scripts sleep: processes of this test's own sandboxes, which are its children.</summary>
    private static Task RunningAsync(int count) => Eventually.BecomesTrue(() => Directory.EnumerateDirectories("/proc").Count(IsOurSleeper) == count, $"{count} scripts");

    private static bool IsOurSleeper(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains("centralops-script-", StringComparison.Ordinal)
                && File.ReadAllText(Path.Combine(process, "stat")).Split(')')[1].Split(' ')[2] == Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static JsonElement TrailJson(TrailEvent call)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            TrailRecord.Write(json, call);
        }

        return JsonSerializer.Deserialize<JsonElement>(stream.ToArray());
    }
}
