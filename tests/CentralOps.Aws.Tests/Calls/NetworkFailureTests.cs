using System.Net;
using System.Net.Sockets;
using CentralOps.Aws.Calls;

namespace CentralOps.Aws.Tests.Calls;

public sealed class NetworkFailureTests
{
    private const string Half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"Things\":[{\"Name\":\"half";

    [Fact]
    public async Task A_connection_that_is_reset_in_the_middle_of_the_body_leaves_no_half_answer_and_is_tried_again()
    {
        await using var fixture = new CallFixture(async exchange =>
        {
            if (exchange.Number == 1)
            {
                await exchange.WriteAsync(Half);
                exchange.Reset();
                return;
            }

            await exchange.AnswerAsync(200, CallFixture.Answer);
        });

        var answer = await fixture.CallAsync();

        (answer.Succeeded, answer.Attempts).ShouldBe((true, 2));
        fixture.Text.ShouldBe(CallFixture.Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_always_breaks_off_is_named(bool reset)
    {
        await using var fixture = new CallFixture(async exchange =>
        {
            await exchange.WriteAsync(Half);
            if (reset)
            {
                exchange.Reset();
            }
            else
            {
                exchange.Close();
            }
        });

        var answer = await fixture.CallAsync();

        Named(answer, NetworkCodes.ConnectionReset, "closed the connection before its answer was complete");
        answer.Attempts.ShouldBe(3);
        fixture.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_closes_before_any_answer_is_named()
    {
        await using var fixture = new CallFixture(exchange =>
        {
            exchange.Close();
            return Task.CompletedTask;
        });

        Named(await fixture.CallAsync(), NetworkCodes.ConnectionReset, "closed the connection");
    }

    [Fact]
    public async Task A_port_where_nothing_listens_refuses()
    {
        await using var fixture = new CallFixture(_ => Task.CompletedTask);
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var url = $"http://127.0.0.1:{((IPEndPoint)reserved.LocalEndPoint!).Port}";

        var answer = await fixture.ClientOf(url).CallAsync(CallFixture.Call, new(fixture.Output), CancellationToken.None);

        Named(answer, NetworkCodes.ConnectionRefused, "refused the connection");
        answer.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_named()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, "{}"));
        await using var plain = new PlainTextServer();

        var answer = await fixture.ClientOf(plain.Url).CallAsync(CallFixture.Call with { MaxAttempts = 1 }, new(fixture.Output), CancellationToken.None);

        Named(answer, NetworkCodes.TlsFailed, "TLS");
    }

    [Fact]
    public void Every_fault_of_the_transport_has_words_without_our_type_names()
    {
        foreach (var error in Enum.GetValues<HttpRequestError>())
        {
            var failure = NetworkFailure.From(new HttpRequestException(error, "System.Net.Http.Something"), "host:443");
            failure.Message.ShouldContain("host:443");
            failure.Message.ShouldNotContain("System");
        }

        foreach (var error in Enum.GetValues<SocketError>())
        {
            var failure = NetworkFailure.From(new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException((int)error)), "host:443");
            failure.Message.ShouldContain("host:443");
            failure.Code.ShouldNotBeNullOrEmpty();
        }

        NetworkFailure.From(new HttpRequestException(HttpRequestError.NameResolutionError), "host").Code.ShouldBe(NetworkCodes.NameNotResolved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_large_is_refused_whether_or_not_it_says_so(bool announced)
    {
        var options = CallFixture.FullWaits with { MaxResponseBytes = 100_000 };
        await using var fixture = new CallFixture(
            async exchange =>
            {
                var body = new string('x', 40_000);
                await exchange.WriteAsync(announced ? "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                for (var chunk = 0; chunk < 20; chunk++)
                {
                    await exchange.WriteAsync(announced ? body : $"9c40\r\n{body}\r\n");
                }
            },
            options);

        var answer = await fixture.CallAsync();

        Named(answer, NetworkCodes.AnswerTooLarge, "larger than 100000 bytes");
        answer.Attempts.ShouldBe(1);
        fixture.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_of_exactly_the_limit_is_read()
    {
        var options = CallFixture.FullWaits with { MaxResponseBytes = CallFixture.Answer.Length };
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, CallFixture.Answer), options);

        (await fixture.CallAsync()).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("<html>captive portal</html>")]
    [InlineData("""{"Things":[{"Name":"one"},{"Name":""")]
    [InlineData("""{"Things":[{"Name":"one"}],}""")]
    public async Task A_malformed_answer_is_named_writes_nothing_and_is_not_tried_again(string body)
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, body));

        var answer = await fixture.CallAsync();

        Named(answer, NetworkCodes.MalformedAnswer, "not in the service's protocol");
        (answer.Attempts, answer.Failure!.Status).ShouldBe((1, 200));
        fixture.Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 twohundred OK\r\n\r\n")]
    public async Task A_server_that_speaks_no_HTTP_is_named(string greeting)
    {
        await using var fixture = new CallFixture(async exchange =>
        {
            await exchange.WriteAsync(greeting);
            exchange.Close();
        });

        Named(await fixture.CallAsync(), NetworkCodes.MalformedAnswer, "it is not HTTP");
    }

    [Fact]
    public async Task An_error_page_of_a_proxy_is_a_failure_with_its_status()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(407, "<html>\u202ELogin\u0007 please</html>"));

        var answer = await fixture.CallAsync();

        (answer.Failure!.Status, answer.Failure.Kind, answer.Attempts).ShouldBe((407, FailureKind.Validation, 1));
        answer.Failure.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Words_from_AWS_are_cleaned_and_bounded()
    {
        var message = "a\\u202eb\\u0000c\\nd" + new string('x', 10_000);
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(400, $$"""{"__type":"Bad","message":"{{message}}"}"""));

        var failure = (await fixture.CallAsync()).Failure!;

        failure.Message.ShouldStartWith("abc dxxx");
        failure.Message.Length.ShouldBe(4096);
    }

    private static void Named(AwsAnswer answer, string code, string words)
    {
        var failure = answer.Failure.ShouldNotBeNull();
        (failure.Kind, failure.Code).ShouldBe((FailureKind.Network, code), failure.Message);
        failure.Message.ShouldContain(words);
        failure.Message.ShouldContain("127.0.0.1:");
        failure.Message.ShouldNotContain("System.");
    }

    /// <summary>Listens, reads what comes and answers in plain text.</summary>
    private sealed class PlainTextServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public PlainTextServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Url => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                using var socket = await _listener.AcceptSocketAsync();
                await socket.ReceiveAsync(new byte[1024]);
                await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            }
            catch (SocketException)
            {
                // The test ended first.
            }
        }
    }
}
