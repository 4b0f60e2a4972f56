using System.Net;
using CentralOps.Gateway.Discovery.Embeddings;

namespace CentralOps.Gateway.Tests.Discovery;

public sealed class OpenAIEmbeddingsTests
{
    [Theory]
    [InlineData("not json", "something that is not its JSON")]
    [InlineData("{}", "left texts without an embedding")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""", "left texts without an embedding")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""", "left texts without an embedding")]
    [InlineData("""{"data":[{"index":7,"embedding":[1]}]}""", "belongs to no text")]
    [InlineData("""{"data":[{"index":-1,"embedding":[1]}]}""", "belongs to no text")]
    [InlineData("""{"data":[{"index":0,"embedding":[]}]}""", "belongs to no text")]
    [InlineData("""{"data":[{"index":0}]}""", "belongs to no text")]
    [InlineData("""{"data":[{"index":0,"embedding":["x"]}]}""", "something that is not its JSON")]
    public async Task An_answer_that_is_not_whole_is_an_error_that_says_why(string body, string why)
    {
        using var http = new HttpMessageInvoker(new Answer(HttpStatusCode.OK, () => new StringContent(body)));
        (await Should.ThrowAsync<EmbeddingException>(() => Client(http).GenerateAsync(["a", "b"]))).Message.ShouldContain(why);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, true)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.TooManyRequests, false)]
    [InlineData(HttpStatusCode.Found, false)]
    public async Task A_refusal_names_the_status_and_never_what_the_endpoint_said(HttpStatusCode status, bool isOfText)
    {
        using var http = new HttpMessageInvoker(new Answer(status, () => new StringContent("the key is sk-secret")));
        var refused = await Should.ThrowAsync<EmbeddingException>(() => Client(http).GenerateAsync(["a"]));
        refused.Message.ShouldBe($"The embeddings endpoint at models.example answered with HTTP {(int)status}.");
        refused.IsOfText.ShouldBe(isOfText);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        using var http = new HttpMessageInvoker(new Answer(HttpStatusCode.OK, () => new StreamContent(new Endless())));
        (await Should.ThrowAsync<EmbeddingException>(() => Client(http).GenerateAsync(["a"]))).Message.ShouldContain("more than");
    }

    [Fact]
    public async Task Embeddings_without_an_index_come_in_order()
    {
        using var http = new HttpMessageInvoker(new Answer(HttpStatusCode.OK, () => new StringContent("""{"data":[{"embedding":[1]},{"embedding":[2]}]}""")));
        (await Client(http).GenerateAsync(["a", "b"])).Select(made => made.Vector.Span[0]).ShouldBe([1f, 2f]);
    }

    private static OpenAIEmbeddings Client(HttpMessageInvoker http) => new(http, new Uri("https://models.example/v1/embeddings"), "small", "sk-secret");

    private sealed class Answer(HttpStatusCode status, Func<HttpContent> content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization!.ToString().ShouldBe("Bearer sk-secret");
            return Task.FromResult(new HttpResponseMessage(status) { Content = content() });
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)' ');
            return buffer.Length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }
}
