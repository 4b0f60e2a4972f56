using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Directory;

/// <summary>All pages of one of AWS Organizations' lists, as one JSON array.</summary>
internal static class OrganizationsPages
{
    /// <summary>Ten thousand pages of twenty accounts: far above AWS's largest organization, and an end for a list that has none.</summary>
    private const int MaxPages = 10_000;

    /// <param name="about">The member that says what is asked about, and its value; null for operations that have none.</param>
    public static async Task<CallOutcome> ReadAsync(
        OpenAccount door, OperationModel operation, (string Member, string Value)? about, Projection projection, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        output.Write("["u8);
        var items = new Transcription(output, projection);
        string? token = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var outcome = await door.CallAsync(operation, OrganizationsInput.Page(about, token), items, cancellationToken);
            if (outcome.Refusal is not null)
            {
                return outcome;
            }

            if (string.IsNullOrEmpty(items.NextToken))
            {
                output.Write("]"u8);
                return default;
            }

            if (string.Equals(items.NextToken, token, StringComparison.Ordinal))
            {
                break;
            }

            token = items.NextToken;
        }

        // What was read so far is not the whole, and must not pass for it.
        return new CallOutcome(new Refusal.ServiceFailed(new AwsFailure(
            operation.Service.Name, operation.Name, FailureKind.Server, "EndlessList", "The list does not come to an end", null, 200)));
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

    public static byte[] Page((string Member, string Value)? about, string? token)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (about is var (member, value))
            {
                json.WriteString(member, value);
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
