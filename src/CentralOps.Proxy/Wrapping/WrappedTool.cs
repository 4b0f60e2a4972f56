using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Proxy.Tools;

namespace CentralOps.Proxy.Wrapping;

/// <summary>A tool of the server, as the wrapper shows and calls it.</summary>
/// <param name="Account">How the argument is named that names the account; null for a tool that needs none.</param>
/// <param name="Json">The tool as MCP clients are shown it.</param>
/// <param name="IsRepeatable">It says of itself that calling it twice does no more than once.</param>
internal sealed record WrappedTool(string Name, string? Account, ReadOnlyMemory<byte> Json, bool IsRepeatable)
{
    private const string AccountText = "AWS account to run this in: a 12-digit id, or the account's whole name. Its role is assumed for the call.";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="tool">As the server lists it.</param>
    /// <returns>Null for a tool that is not passed on: it gives out credentials in the form of URLs, or it has no name or schema.</returns>
    public static WrappedTool? Of(JsonElement tool, WrapperOptions options)
    {
        if (tool.ValueKind != JsonValueKind.Object || !IsUsable(tool, out var name, out var schema) || PresignedUrls.AreGivenBy(tool))
        {
            return null;
        }

        var account = AccountNeed.Of(tool, name, options.ToolsWithoutAccount) ? AccountArgument.NameBeside(schema) : null;
        return new(name, account, Write(tool, account), Hints(tool, "readOnlyHint") || Hints(tool, "idempotentHint"));
    }

    private static bool IsUsable(JsonElement tool, out string name, out JsonElement schema)
    {
        schema = default;
        name = tool.TryGetProperty("name", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : "";
        return name.Length is > 0 and <= 128 && tool.TryGetProperty("inputSchema", out schema) && schema.ValueKind == JsonValueKind.Object;
    }

    private static bool Hints(JsonElement tool, string hint) =>
        tool.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object
        && annotations.TryGetProperty(hint, out var value) && value.ValueKind == JsonValueKind.True;

    private static ReadOnlyMemory<byte> Write(JsonElement tool, string? account)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Writing);
        json.WriteStartObject();
        foreach (var member in tool.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (account is not null && member.NameEquals("inputSchema"))
            {
                WriteSchema(json, member.Value, account);
                continue;
            }

            member.Value.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void WriteSchema(Utf8JsonWriter json, JsonElement schema, string account)
    {
        json.WriteStartObject();
        foreach (var keyword in schema.EnumerateObject().Where(static keyword => !keyword.NameEquals("properties") && !keyword.NameEquals("required")))
        {
            json.WritePropertyName(keyword.Name);
            // One property more than its author counted.
            if (keyword.Name is "maxProperties" or "minProperties" && keyword.Value.ValueKind == JsonValueKind.Number && keyword.Value.TryGetInt32(out var count) && count < int.MaxValue)
            {
                json.WriteNumberValue(count + 1);
                continue;
            }

            keyword.Value.WriteTo(json);
        }

        json.WriteStartObject("properties"u8);
        json.WriteStartObject(account);
        json.WriteString("type"u8, "string"u8);
        json.WriteString("description"u8, AccountText);
        json.WriteEndObject();
        foreach (var property in schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default)
        {
            property.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteStartArray("required"u8);
        json.WriteStringValue(account);
        foreach (var name in schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array ? required.EnumerateArray() : default)
        {
            name.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
