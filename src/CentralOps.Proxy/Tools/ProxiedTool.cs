using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Text.Shaping;

namespace CentralOps.Proxy.Tools;

/// <summary>A tool of the server, as it is shown and called here.</summary>
/// <param name="Account">How the argument is named that names the account.</param>
/// <param name="Json">The tool as clients are shown it; empty where it is not shown.</param>
/// <param name="IsRepeatable">It says of itself that calling it twice does no more than once.</param>
/// <param name="Refusal">Why it is neither shown nor called, as a sentence; null where it is.</param>
internal sealed record ProxiedTool(string Name, string Account, ReadOnlyMemory<byte> Json, bool IsRepeatable, string? Refusal)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="tool">As the server lists it; it has a name and a schema of an object.</param>
    /// <param name="without">What a call does that names no account, as the end of a sentence.</param>
    public static ProxiedTool Of(JsonElement tool, bool readOnly, string without)
    {
        var name = tool.GetProperty("name").GetString()!;
        var schema = tool.GetProperty("inputSchema");
        var account = AccountArgument.NameBeside(schema);
        var refusal = Refuse(tool, name, readOnly);
        return new(name, account, refusal is null ? Write(tool, account, without) : default, Hints(tool, "readOnlyHint") || Hints(tool, "idempotentHint"), refusal);
    }

    private static string? Refuse(JsonElement tool, string name, bool readOnly) =>
        PresignedUrls.AreGivenBy(tool)
            ? $"{ForeignText.Line(name, 128)} gives out presigned URLs, and whoever holds one acts with the account's credentials: the proxy does not pass it on. Read what you need with another tool."
        : readOnly && !Hints(tool, "readOnlyHint")
            ? $"{ForeignText.Line(name, 128)} does not say of itself that it only reads (readOnlyHint), and the proxy was started with --read-only. Start it without, if the tool is needed."
        : null;

    private static bool Hints(JsonElement tool, string hint) =>
        tool.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object
        && annotations.TryGetProperty(hint, out var value) && value.ValueKind == JsonValueKind.True;

    private static ReadOnlyMemory<byte> Write(JsonElement tool, string account, string without)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Writing);
        json.WriteStartObject();
        foreach (var member in tool.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (member.NameEquals("inputSchema"))
            {
                AccountArgument.WriteSchema(json, member.Value, account, without);
                continue;
            }

            member.Value.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
