using System.Net;
using CentralOps.Sandbox.Lambda.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Sandbox.Tests.Lambda;

public sealed class RuntimeApiTests
{
    /// <summary>An image's address is enough to ask for the next event, and a form without preflight to report an error.</summary>
    [Theory]
    [InlineData("Host", "rebound.example:80")]
    [InlineData("Host", "localhost")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://localhost")]
    public async Task A_page_in_a_browser_gets_no_event_and_answers_none(string header, string value)
    {
        await using var function = new FunctionProcesses();
        await using var api = await RuntimeApi.StartAsync(NullLoggerFactory.Instance, CancellationToken.None);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api.Url };
        api.TryOffer(function.NewInvocation("""{"secret":1}""")).ShouldBeTrue();
        foreach (var (method, path) in new[] { (HttpMethod.Get, "invocation/next"), (HttpMethod.Post, "init/error"), (HttpMethod.Post, "invocation/request-1/response") })
        {
            using var request = new HttpRequestMessage(method, "/2018-06-01/runtime/" + path);
            request.Headers.TryAddWithoutValidation(header, value);
            using var refused = await http.SendAsync(request);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync()).ShouldNotContain("secret");
        }

        api.Initialized.IsCompleted.ShouldBeFalse();

        (await http.GetStringAsync("/2018-06-01/runtime/invocation/next")).ShouldBe("""{"secret":1}""");
    }
}
