using System.Net.Http.Headers;
using System.Text.Json;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Control;

/// <summary>Faults and trail of a sandbox that runs in another process.</summary>
/// <param name="url">Where the sandbox listens.</param>
/// <param name="operatorKey">The operator's key.</param>
/// <param name="inner">Sends; not disposed here.</param>
public sealed class SandboxControl(Uri url, AwsCredentials operatorKey, HttpMessageHandler inner, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(
        new SigningHandler(_ => ValueTask.FromResult(operatorKey), "us-east-1", ControlDoor.SigningName, time) { InnerHandler = inner }, disposeHandler: false);

    public void Dispose() => _http.Dispose();

    public async Task<IReadOnlyList<StandingFault>> ListFaultsAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/faults", null, cancellationToken);
        return answer.Deserialize(ControlJson.Default.IReadOnlyListStandingFault)!;
    }

    /// <summary>Throws <see cref="SandboxRefusedException"/> that names the member which does not fit.</summary>
    public async Task<StandingFault> AddFaultAsync(Fault fault, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/faults", JsonSerializer.SerializeToUtf8Bytes(fault, ControlJson.Default.Fault), cancellationToken);
        return answer.Deserialize(ControlJson.Default.StandingFault)!;
    }

    /// <summary>Throws <see cref="SandboxRefusedException"/> when there is none of that id.</summary>
    public async Task RemoveFaultAsync(string id, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Delete, "/faults/" + Uri.EscapeDataString(id), null, cancellationToken)).Dispose();

    /// <summary>Says how many there were.</summary>
    public async Task<int> ClearFaultsAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Delete, "/faults", null, cancellationToken);
        return answer.RootElement.GetProperty("removed").GetInt32();
    }

    /// <summary>An object with <c>Records</c>, in CloudTrail's shape and oldest first, and <c>last</c>, from which a later query goes on.</summary>
    public Task<JsonDocument> ReadTrailAsync(TrailQuery query, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/trail", JsonSerializer.SerializeToUtf8Bytes(query, ControlJson.Default.TrailQuery), cancellationToken);

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(url, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new SandboxRefusedException(answer.RootElement.GetProperty("message").GetString() ?? "");
        }
    }
}
