using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Gateway.Discovery.Embeddings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>
/// Bedrock's InvokeModel for Titan, which checks signatures, and OpenAI's /v1/embeddings, which checks the key, on loopback. A text's embedding counts
/// a few notions, so that texts about one thing are near each other whatever their words.
/// </summary>
internal sealed class EmbeddingEndpoint : IAsyncDisposable, IAccessKeys
{
    public const string Key = "sk-test-0123456789";

    private static readonly AwsCredentials Role = new("ASIAGATEWAYROLE00000", "gateway-role-secret", "gateway-role-token");

    private static readonly string[][] Notions =
    [
        ["purr", "whisker", "feline", "cat"], ["bark", "leash", "canine", "dog"], ["swim", "scale", "fin", "fish"],
    ];

    private readonly WebApplication _app;

    private EmbeddingEndpoint(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Texts { get; } = [];

    public ConcurrentQueue<string> Refusals { get; } = [];

    /// <summary>Says what happens to a text before it is embedded: a status other than 200 is the answer.</summary>
    public Func<string, Task<int>> Before { get; set; } = _ => Task.FromResult(200);

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<EmbeddingEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var endpoint = new EmbeddingEndpoint(builder.Build());
        endpoint._app.Run(endpoint.HandleAsync);
        await endpoint._app.StartAsync();
        return endpoint;
    }

    public TitanEmbeddings Titan(int dimensions = 256)
    {
        var overrides = EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL_BEDROCK_RUNTIME" ? Url : null);
        var aws = new AwsClient(new HttpMessageInvoker(AwsHttp.CreateHandler()), new EndpointResolver(overrides), TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 });
        return new(aws, _ => new(Role), "us-east-1", dimensions);
    }

    public OpenAIEmbeddings OpenAI(string? key = Key) =>
        new(new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }), new Uri(Url + "/v1/embeddings"), "small", key, 8);

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = accessKeyId == Role.AccessKeyId ? new AccessKey(Role.AccessKeyId, Role.SecretAccessKey, "arn:aws:sts::111111111111:assumed-role/R/s") { SessionToken = Role.SessionToken } : null;
        return key is not null;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var json = JsonDocument.Parse(body.ToArray()).RootElement;
        await (context.Request.Path == "/v1/embeddings" ? OpenAIAsync(context, json) : TitanAsync(context, body.ToArray(), json));
    }

    private async Task OpenAIAsync(HttpContext context, JsonElement json)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            Refusals.Enqueue("wrong key");
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync($$$"""{"error":{"message":"Incorrect API key provided: {{{context.Request.Headers.Authorization}}}"}}""");
            return;
        }

        var texts = json.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToArray();
        foreach (var text in texts)
        {
            Texts.Enqueue(text);
            if (await Before(text) is not 200 and var status)
            {
                context.Response.StatusCode = status;
                return;
            }
        }

        // Last one first: the index tells which is which.
        var data = texts.Select((text, i) => $$"""{"object":"embedding","index":{{i}},"embedding":[{{Embed(text, json.GetProperty("dimensions").GetInt32())}}]}""").Reverse();
        await context.Response.WriteAsync($$$"""{"object":"list","data":[{{{string.Join(',', data)}}}],"model":"small","usage":{"prompt_tokens":1,"total_tokens":1}}""");
    }

    private async Task TitanAsync(HttpContext context, byte[] body, JsonElement json)
    {
        var wire = new WireRequest { Method = context.Request.Method, Path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0], Body = body };
        foreach (var header in context.Request.Headers)
        {
            wire.Headers.Add(header.Key, header.Value.ToString());
        }

        var verdict = SignatureV4.Verify(wire, this, DateTimeOffset.UtcNow, new SignatureRules { Services = ["bedrock"], Region = "us-east-1" });
        var text = json.GetProperty("inputText").GetString()!;
        Texts.Enqueue(text);
        if (!verdict.Accepted || Uri.UnescapeDataString(wire.Path) != "/model/amazon.titan-embed-text-v2:0/invoke" || !json.GetProperty("normalize").GetBoolean())
        {
            Refusals.Enqueue($"{wire.Path} {verdict}");
            await LambdaEndpoint.FailAsync(context.Response, 403, "AccessDeniedException", "not signed as it should be");
            return;
        }

        if (await Before(text) is not 200 and var status)
        {
            await LambdaEndpoint.FailAsync(context.Response, status, status == 400 ? "ValidationException" : "ThrottlingException", "as the test says");
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"embedding":[{{Embed(text, json.GetProperty("dimensions").GetInt32())}}],"inputTextTokenCount":3}""");
    }

    private static string Embed(string text, int dimensions)
    {
        var vector = new float[dimensions];
        vector[^1] = 0.05f;
        for (var i = 0; i < Notions.Length; i++)
        {
            vector[i] = Notions[i].Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        }

        return string.Join(',', vector.Select(number => number.ToString(CultureInfo.InvariantCulture)));
    }
}
