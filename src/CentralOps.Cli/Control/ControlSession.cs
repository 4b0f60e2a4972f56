using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Profiles;

namespace CentralOps.Cli.Control;

/// <summary>A control plane that is asked: ours or AWS's, by the same client and the same model.</summary>
internal sealed class ControlSession : IDisposable
{
    public const string Service = "bedrock-agentcore-control";

    private const string EndpointSetting = "AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL";
    private const string DefaultRegion = "us-east-1";
    private const string LambdaSetting = "AWS_ENDPOINT_URL_LAMBDA";
    private const int MostPages = 1_000;

    private static readonly TimeSpan InvocationTimeout = TimeSpan.FromSeconds(65);

    /// <summary>A control plane that asks for no signature gets one all the same: a client does not know.</summary>
    private static readonly AwsCredentials Nobody = new("centralops", "no-secret");

    private readonly RefusedFields _fields;
    private readonly HttpMessageInvoker _http;
    private readonly AwsClient _client;
    private readonly ICredentialSource _credentials;

    private ControlSession(Func<string, string?> setting, HttpSettings transport, ICredentialSource credentials, string region, bool isAws, UpState? running, TimeProvider time)
    {
        _fields = new RefusedFields(AwsHttp.CreateHandler(transport));
        _http = new HttpMessageInvoker(_fields);
        _client = new AwsClient(_http, EndpointResolver.Read(setting), time, AwsClientOptions.Read(setting));
        (_credentials, Region, IsAws, Running, Time) = (credentials, region, isAws, running, time);
    }

    public string Region { get; }

    /// <summary>AWS's own, where what is made is real.</summary>
    public bool IsAws { get; }

    /// <summary>The 'up' whose control plane this is; null for any other.</summary>
    public UpState? Running { get; }

    public TimeProvider Time { get; }

    /// <summary>Where it answers; null for AWS's own.</summary>
    public Uri? Endpoint { get; private init; }

    /// <param name="variable">The process environment.</param>
    public static ControlSession Open(ControlPlace place, Func<string, string?> variable, TimeProvider time)
    {
        try
        {
            return place switch
            {
                { Aws: true } => OfAws(place, variable, time),
                { Endpoint: { } url } => OfEndpoint(url, place, variable, time, running: null),
                _ => OfRunning(place, variable, time),
            };
        }
        catch (CredentialException none)
        {
            throw new CommandFailedException($"{none.Message} {none.Remedy}");
        }
        catch (Exception wrong) when (wrong is FormatException or EndpointException)
        {
            throw new CommandFailedException(wrong.Message);
        }
    }

    /// <summary>A control plane in this process.</summary>
    public static ControlSession Of(Uri url, AwsCredentials key, string region, TimeProvider time)
    {
        var text = url.GetLeftPart(UriPartial.Authority);
        return new ControlSession(
            name => name is EndpointSetting ? text : null, HttpSettings.None, new FixedCredentials(key), region, isAws: false, running: null, time);
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="ControlRefusedException">It says no, or does not answer.</exception>
    public async Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        await SendAsync(operation, Bytes(input), new Transcription(output), cancellationToken);
        return Parse(output.WrittenMemory);
    }

    /// <summary>The items of every page.</summary>
    public async IAsyncEnumerable<JsonObject> AllAsync(string operation, JsonObject input, string member, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var asked = (JsonObject)input.DeepClone();
        while (true)
        {
            var page = await CallAsync(operation, asked, cancellationToken);
            foreach (var item in page[member] as JsonArray ?? [])
            {
                if (item is JsonObject found)
                {
                    yield return found;
                }
            }

            if (page["nextToken"] is not JsonValue next)
            {
                yield break;
            }

            if (!tokens.Add(next.ToString()) || tokens.Count > MostPages)
            {
                throw new CommandFailedException($"{operation} lists without an end: stopped after {tokens.Count} pages.");
            }

            asked["nextToken"] = next.ToString();
        }
    }

    /// <summary>Invokes a function, for an answer that is an object; with the same credentials, where its account's Lambda answers.</summary>
    /// <exception cref="CommandFailedException">It cannot be invoked, or failed.</exception>
    public async Task<JsonObject> InvokeAsync(string functionArn, JsonObject payload, CancellationToken cancellationToken)
    {
        if (functionArn.Split(':') is not ["arn", _, "lambda", { Length: > 0 } region, _, "function", ..])
        {
            throw new CommandFailedException($"'{PlainText.Line(functionArn)}' is not the ARN of a function: give it as in arn:aws:lambda:us-east-1:111111111111:function:name.", ExitCode.Usage);
        }

        var output = new ArrayBufferWriter<byte>();
        var into = new Transcription(output);
        try
        {
            var input = new AwsInput(Bytes(new JsonObject { ["FunctionName"] = functionArn }), Bytes(payload));
            var call = new AwsCall(ModelLibrary.Operation("lambda", "Invoke"), input, region, await _credentials.GetAsync(cancellationToken)) { Renewal = _credentials, AttemptTimeout = InvocationTimeout };
            if ((await _client.CallAsync(call, into, cancellationToken)).Failure is { } failure)
            {
                throw new CommandFailedException($"The function cannot be asked for its tools: {PlainText.Line(failure.ToString())}. Whoever adds it needs lambda:InvokeFunction on it.");
            }
        }
        catch (CredentialException none)
        {
            throw new CommandFailedException($"{none.Message} {none.Remedy}");
        }

        return Parse(output.WrittenMemory).ContainsKey("FunctionError")
            ? throw new CommandFailedException("The function failed when it was asked for its tools; its log tells why.")
            : ReadAnswer(into.Blob);
    }

    private static JsonObject ReadAnswer(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return Parse(payload);
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private static ControlSession OfAws(ControlPlace place, Func<string, string?> variable, TimeProvider time)
    {
        var profile = AwsProfile.Open(place.Profile, variable, time);
        return new ControlSession(profile.Setting, HttpSettings.Read(profile.Setting), profile.Credentials, place.Region ?? profile.Region ?? DefaultRegion, isAws: true, running: null, time);
    }

    private static ControlSession OfRunning(ControlPlace place, Func<string, string?> variable, TimeProvider time)
    {
        var directory = StateDirectory.At(place.State);
        if (directory.Read() is not { } running)
        {
            throw new CommandFailedException($"No control plane runs here (state directory {directory.Path}): start one with 'centralops up', name one with --endpoint URL, or manage AWS's with --aws.");
        }

        return running.ControlUrl is { } url
            ? OfEndpoint(new Uri(url), place with { Region = place.Region ?? running.Region }, variable, time, running)
            : throw new CommandFailedException("The 'up' that runs here has no control plane: name one with --endpoint URL, or manage AWS's with --aws.");
    }

    private static ControlSession OfEndpoint(Uri url, ControlPlace place, Func<string, string?> variable, TimeProvider time, UpState? running)
    {
        var text = url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        string? Setting(string name) => name switch
        {
            EndpointSetting => text,
            // Functions of an 'up' are in its sandbox.
            LambdaSetting => running?.SandboxUrl ?? variable(LambdaSetting) ?? variable("AWS_ENDPOINT_URL"),
            _ => null,
        };
        var credentials = running?.ControlCredentials is { } key ? new FixedCredentials(new AwsCredentials(key.AccessKeyId, key.SecretAccessKey))
            : place.Profile is not null || variable("AWS_ACCESS_KEY_ID") is { Length: > 0 } ? AwsProfile.Open(place.Profile, variable, time).Credentials
            : new FixedCredentials(Nobody);
        var transport = url.IsLoopback ? HttpSettings.None : HttpSettings.Read(variable);
        return new ControlSession(Setting, transport, credentials, place.Region ?? DefaultRegion, isAws: false, running, time) { Endpoint = url };
    }

    private async Task SendAsync(string operation, ReadOnlyMemory<byte> input, Transcription into, CancellationToken cancellationToken)
    {
        AwsCredentials keys;
        try
        {
            keys = await _credentials.GetAsync(cancellationToken);
        }
        catch (CredentialException none)
        {
            throw new CommandFailedException($"{none.Message} {none.Remedy}");
        }

        try
        {
            var call = new AwsCall(ModelLibrary.Operation(Service, operation), new AwsInput(input), Region, keys) { Renewal = _credentials };
            if ((await _client.CallAsync(call, into, cancellationToken)).Failure is { } failure)
            {
                throw new ControlRefusedException(failure, _fields.Last);
            }
        }
        catch (InputException misfit)
        {
            throw new CommandFailedException($"The input does not fit {operation}: {misfit.Message}", ExitCode.Usage);
        }
    }

    private static byte[] Bytes(JsonObject input) => Encoding.UTF8.GetBytes(input.ToJsonString());

    private static JsonObject Parse(ReadOnlyMemory<byte> output) => output.IsEmpty ? [] : JsonNode.Parse(output.Span) as JsonObject ?? [];
}

/// <summary>Which control plane, as the command line says it.</summary>
internal sealed record ControlPlace(Uri? Endpoint, bool Aws, string? Profile, string? Region, string? State);
