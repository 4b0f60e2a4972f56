using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CentralOps.Accounts;

namespace CentralOps.Proxy.Tools;

/// <summary>
/// The argument by which a call names its account: shown in each tool's schema, and taken out of the arguments before they go on. A tool that has an
/// <c>account_id</c> of its own keeps it: ours is then named <c>centralops_account_id</c>, and with a number behind it where that is taken too.
/// </summary>
internal static class AccountArgument
{
    public const string Name = "account_id";

    private const string OtherName = "centralops_account_id";
    private const int MaxLength = 2048;

    /// <summary>How the argument is named beside the properties that a tool has.</summary>
    public static string NameBeside(JsonElement schema)
    {
        var taken = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : default;
        if (!Has(taken, Name))
        {
            return Name;
        }

        var name = OtherName;
        for (var number = 2; Has(taken, name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{OtherName}_{number}");
        }

        return name;
    }

    /// <summary>The input schema with the argument among its properties, never required.</summary>
    /// <param name="without">What a call does that names no account, as the end of a sentence.</param>
    public static void WriteSchema(Utf8JsonWriter json, JsonElement schema, string name, string without)
    {
        json.WriteStartObject();
        var written = false;
        foreach (var keyword in schema.EnumerateObject())
        {
            json.WritePropertyName(keyword.Name);
            if (keyword.NameEquals("properties") && keyword.Value.ValueKind == JsonValueKind.Object)
            {
                WriteProperties(json, keyword.Value, name, without);
                written = true;
            }
            else if (keyword.NameEquals("maxProperties") && keyword.Value.ValueKind == JsonValueKind.Number && keyword.Value.TryGetInt32(out var most) && most < int.MaxValue)
            {
                json.WriteNumberValue(most + 1);
            }
            else
            {
                keyword.Value.WriteTo(json);
            }
        }

        if (!written)
        {
            json.WritePropertyName("properties");
            WriteProperties(json, default, name, without);
        }

        json.WriteEndObject();
    }

    /// <summary>Takes the argument out.</summary>
    /// <param name="arguments">An object, judged to be JSON in which no member is twice.</param>
    /// <param name="account">What was said; null where nothing was.</param>
    /// <param name="rest">The arguments as they go on; the very bytes where there was nothing to take out.</param>
    /// <returns>What is wrong with it, as a sentence; null where nothing is.</returns>
    public static string? Split(ReadOnlyMemory<byte> arguments, string name, out string? account, out ReadOnlyMemory<byte> rest)
    {
        (account, rest) = (null, arguments);
        using var document = JsonDocument.Parse(arguments);
        if (!document.RootElement.TryGetProperty(name, out var said))
        {
            return null;
        }

        rest = Without(document.RootElement, name);
        switch (said)
        {
            case { ValueKind: JsonValueKind.Null }:
                return null;
            // Some clients write what looks like a number as one; an id whose zeros in front got lost on the way cannot be told from a wrong one.
            case { ValueKind: JsonValueKind.Number } when AccountId.TryParse(said.GetRawText(), out var id):
                account = id.ToString();
                return null;
            case { ValueKind: JsonValueKind.String } when said.GetString() is { Length: > 0 and <= MaxLength } text:
                account = text;
                return null;
            default:
                return $"'{name}' must be a string that names one account: a 12-digit id such as \"222222222222\", or an account's whole name.";
        }
    }

    private static bool Has(JsonElement properties, string name) => properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out _);

    private static void WriteProperties(Utf8JsonWriter json, JsonElement properties, string name, string without)
    {
        json.WriteStartObject();
        foreach (var property in properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default)
        {
            property.WriteTo(json);
        }

        json.WriteStartObject(name);
        json.WriteString("type"u8, "string"u8);
        json.WriteString("description"u8, $"AWS account to run this in: a 12-digit id, or the account's name. Its role is assumed for the call. Without it, the call runs {without}.");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Without(JsonElement arguments, string name)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        foreach (var argument in arguments.EnumerateObject().Where(argument => !argument.NameEquals(name)))
        {
            json.WritePropertyName(argument.Name);
            json.WriteRawValue(argument.Value.GetRawText(), skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
