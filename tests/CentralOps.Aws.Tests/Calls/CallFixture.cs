using System.Buffers;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Projections;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>A client, a server on loopback that answers as told, and time in hand.</summary>
internal sealed class CallFixture : IAsyncDisposable
{
    public const string Answer = """{"Things":[{"Name":"one"},{"Name":"two"}]}""";

    private readonly HttpMessageInvoker _http;

    public CallFixture(Func<LoopbackExchange, Task> handle, AwsClientOptions? options = null, ManualTime? time = null)
    {
        Time = time ?? new ManualTime();
        Server = new LoopbackServer(handle);
        _http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        Client = ClientOf(Server.Url.AbsoluteUri, options);
    }

    public ManualTime Time { get; }

    public LoopbackServer Server { get; }

    public AwsClient Client { get; }

    public ArrayBufferWriter<byte> Output { get; } = new();

    public string Text => Encoding.UTF8.GetString(Output.WrittenSpan);

    public static AwsCall Call => new(
        TestModels.Things.Operation("ListThings"), new("""{"Name":"x"}"""u8.ToArray()), "eu-west-1", new AwsCredentials("AKIDEXAMPLE", "secret"));

    /// <summary>A jitter that is always the whole bound, so that a wait can be foretold.</summary>
    public static AwsClientOptions FullWaits { get; } = new() { Jitter = new WholeBound() };

    public AwsClient ClientOf(string url, AwsClientOptions? options = null) => new(
        _http, new EndpointResolver(EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL" ? url : null)), Time, options ?? FullWaits);

    public Task<AwsAnswer> CallAsync(AwsCall? call = null, CancellationToken cancellationToken = default) =>
        Client.CallAsync(call ?? Call, new Transcription(Output), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private sealed class WholeBound : Random
    {
        public override double NextDouble() => 1;
    }
}
