using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Directory;

/// <summary>All pages of one of AWS Organizations' lists, as one JSON array.</summary>
internal static class OrganizationsPages
{
    /// <summary>Ten thousand pages of twenty accounts: far above AWS's largest organization, and an end for a list that has none.</summary>
    private const int MaxPages = 10_000;

    /// <param name="parent">The ParentId to ask about; empty for operations that have none.</param>
    public static async Task<CallOutcome> ReadAsync(
        OpenAccount door, OperationModel operation, string parent, Projection projection, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        output.Write("["u8);
        var items = new Transcription(output, projection);
        string? token = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var outcome = await door.CallAsync(operation, OrganizationsInput.Page(parent, token), items, cancellationToken);
            if (outcome.Refusal is not null)
            {
                return outcome;
            }

            token = items.NextToken;
            if (string.IsNullOrEmpty(token))
            {
                break;
            }
        }

        output.Write("]"u8);
        return default;
    }
}

/// <summary>Inputs of AWS Organizations' operations.</summary>
internal static class OrganizationsInput
{
    public static byte[] Of(ReadOnlySpan<byte> name, string value)
    {
        var output = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString(name, value);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    public static byte[] Page(string parent, string? token)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (parent.Length > 0)
            {
                json.WriteString("ParentId"u8, parent);
            }

            if (token is not null)
            {
                json.WriteString("NextToken"u8, token);
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
