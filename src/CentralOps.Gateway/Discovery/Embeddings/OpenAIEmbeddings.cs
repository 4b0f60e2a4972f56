using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Any endpoint that speaks OpenAI's <c>POST /v1/embeddings</c>: its own, a proxy, a model on this machine.</summary>
/// <param name="http">Follows no redirects: the key must not travel where nobody sent it.</param>
/// <param name="url">The whole URL, such as <c>https://api.openai.com/v1/embeddings</c>.</param>
/// <param name="key">Sent as a bearer token; null where the endpoint wants none. Never logged, never in a message.</param>
/// <param name="dimensions">Null: the model's own.</param>
public sealed class OpenAIEmbeddings(HttpMessageInvoker http, Uri url, string model, string? key, int? dimensions = null) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int MaxAnswerBytes = 32 * 1024 * 1024;

    /// <summary>What <see cref="EmbeddingOptions.Model"/> should say.</summary>
    public string Model => dimensions is null ? $"{url.Authority}/{model}" : $"{url.Authority}/{model}/{dimensions}";

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToArray();
        if (texts.Length == 0)
        {
            return [];
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new OpenAIRequest(model, texts, dimensions, "float"), EmbeddingJson.Default.OpenAIRequest));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CentralOps", typeof(OpenAIEmbeddings).Assembly.GetName().Version!.ToString(3)));
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            // The endpoint's own words are left out: it may have put the key or the text into them.
            throw new EmbeddingException($"The embeddings endpoint at {url.Authority} answered with HTTP {(int)response.StatusCode}.")
            {
                IsOfText = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity,
            };
        }

        return Read(await ReadBodyAsync(response, cancellationToken), texts.Length);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The client is its owner's.
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(64 * 1024);
        while (await stream.ReadAsync(body.GetMemory(16 * 1024), cancellationToken) is > 0 and var read)
        {
            body.Advance(read);
            if (body.WrittenCount > MaxAnswerBytes)
            {
                throw new EmbeddingException($"The embeddings endpoint at {url.Authority} answered with more than {MaxAnswerBytes} bytes.");
            }
        }

        return body.WrittenMemory;
    }

    private GeneratedEmbeddings<Embedding<float>> Read(ReadOnlyMemory<byte> json, int count)
    {
        OpenAIEmbedding[] data;
        try
        {
            data = JsonSerializer.Deserialize(json.Span, EmbeddingJson.Default.OpenAIAnswer)?.Data ?? [];
        }
        catch (JsonException)
        {
            throw new EmbeddingException($"The embeddings endpoint at {url.Authority} answered with something that is not its JSON.");
        }

        // The order is the index's: nothing promises that it is the answer's too.
        var made = new Embedding<float>?[count];
        for (var i = 0; i < data.Length; i++)
        {
            var index = data[i].Index ?? i;
            if (index < 0 || index >= count || data[i].Embedding is not { Length: > 0 and <= Vectors.MaxDimensions } vector)
            {
                throw new EmbeddingException($"The embeddings endpoint at {url.Authority} answered with an embedding that belongs to no text.");
            }

            made[index] = new Embedding<float>(vector) { ModelId = model };
        }

        return Array.Exists(made, embedding => embedding is null)
            ? throw new EmbeddingException($"The embeddings endpoint at {url.Authority} left texts without an embedding.")
            : new(made!);
    }
}
