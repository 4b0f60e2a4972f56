using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Accounts.Tests.Stubs;

/// <summary>AWS at the end of the transport: requests are read, answers written, by the server halves of the real protocols.</summary>
public sealed class StubAws(Func<StubCall, CancellationToken, Task<StubAnswer>> answer) : HttpMessageHandler
{
    public StubAws(Func<StubCall, StubAnswer> answer)
        : this((call, _) => Task.FromResult(answer(call)))
    {
    }

    public ConcurrentQueue<StubCall> Calls { get; } = new();

    public int CountOf(string operation) => Calls.Count(call => call.Operation == operation);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var wire = new WireRequest
        {
            Method = request.Method.Method,
            Path = request.RequestUri!.AbsolutePath,
            Query = request.RequestUri.Query.TrimStart('?'),
            Body = request.Content is null ? default : await request.Content.ReadAsByteArrayAsync(cancellationToken),
        };
        foreach (var header in request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default(System.Net.Http.Headers.HttpHeadersNonValidated)))
        {
            wire.Headers.Add(header.Key, header.Value.ToString());
        }

        // Credential=KEY/DATE/REGION/SERVICE/aws4_request
        var scope = wire.Headers.Find("Authorization")?.Split("Credential=")[1].Split(',')[0].Split('/') ?? ["", "", "", "sso", ""];
        var service = ModelLibrary.Service(scope[3] == "monitoring" ? "cloudwatch" : scope[3]);
        var protocol = WireProtocols.For(service.Protocol);
        var operation = protocol.Match(service, wire) ?? throw new InvalidOperationException("No operation matches.");
        var input = JsonDocument.Parse(protocol.ReadRequest(operation, wire).Json).RootElement;
        var call = new StubCall($"{service.EndpointPrefix}:{operation.Name}", input, scope[0], scope[2]) { UserAgent = wire.Headers.Find("User-Agent") };
        Calls.Enqueue(call);
        var answered = await answer(call, cancellationToken);
        var response = answered.Error is { } error
            ? protocol.WriteError(service, operation, error, "request-1")
            : protocol.WriteResponse(operation, new AwsOutput(Encoding.UTF8.GetBytes(answered.Json!)), "request-1");
        var result = new HttpResponseMessage((HttpStatusCode)response.Status) { Content = new ByteArrayContent(response.Body.ToArray()), RequestMessage = request };
        foreach (var (name, value) in response.Headers)
        {
            if (!result.Headers.TryAddWithoutValidation(name, value))
            {
                result.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return result;
    }
}

public sealed record StubCall(string Operation, JsonElement Input, string KeyId, string Region)
{
    public string? UserAgent { get; init; }

    public string? Text(string name) => Input.TryGetProperty(name, out var value) ? value.GetString() : null;
}

public sealed record StubAnswer(string? Json, WireError? Error)
{
    public static implicit operator StubAnswer(string json) => new(json, null);

    public static StubAnswer Failed(string code, string message = "No.", int status = 403) => new(null, new WireError(code, message, status));

    /// <summary>A session whose key id tells its account.</summary>
    public static StubAnswer Session(StubCall assumeRole, DateTimeOffset until)
    {
        var arn = assumeRole.Text("RoleArn")!;
        return JsonSerializer.Serialize(new
        {
            Credentials = new
            {
                AccessKeyId = $"ASIA{arn.Split(':')[4]}",
                SecretAccessKey = "session-secret-that-nobody-shows",
                SessionToken = "session-token-that-nobody-shows",
                Expiration = until.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            },
            PackedPolicySize = 7,
        });
    }
}
