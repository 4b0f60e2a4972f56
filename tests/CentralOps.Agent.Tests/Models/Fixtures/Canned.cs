namespace CentralOps.Agent.Tests.Models.Fixtures;

/// <summary>A transport that answers every request with the same bytes, for tests of thousands of answers.</summary>
internal sealed class Canned(string type, byte[] bytes) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(type);
        return Task.FromResult(new HttpResponseMessage { Content = content });
    }
}
