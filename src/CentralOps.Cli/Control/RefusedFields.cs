using System.Text.Json;

namespace CentralOps.Cli.Control;

/// <summary>Keeps a refusal's <c>fieldList</c>, which names each member that is wrong: the client gives class and message only. One call at a time.</summary>
internal sealed class RefusedFields(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MostBytes = 1024 * 1024;
    private const int MostFields = 50;

    /// <summary>Of the last answer; empty where it was none or named none.</summary>
    public IReadOnlyList<(string Name, string Message)> Last { get; private set; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Last = [];
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            Last = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }

        return response;
    }

    private static List<(string, string)> Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("fieldList", out var fields) && fields.ValueKind == JsonValueKind.Array
                ? [.. fields.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.Object).Take(MostFields).Select(field => (Text(field, "name"), Text(field, "message")))]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Text(JsonElement field, string name) => field.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
