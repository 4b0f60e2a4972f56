using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Accounts.Entry;

/// <summary>
/// Bucket names are one name space for all of AWS: a bucket that was deleted and made again by somebody else must not be read in its place. So
/// every S3 call that can say whose bucket it means says the account's.
/// </summary>
internal static class BucketOwner
{
    private const string Member = "ExpectedBucketOwner";

    /// <summary>The input with the account as the bucket's owner, where the operation takes one.</summary>
    /// <exception cref="ArgumentException">The tool names another owner.</exception>
    public static ReadOnlyMemory<byte> Expect(AccountId account, OperationModel operation, ReadOnlyMemory<byte> input)
    {
        if (operation.Service.Name is not "s3" || operation.Input?.FindMember(Member) is null)
        {
            return input;
        }

        using var given = JsonDocument.Parse(input);
        if (given.RootElement.TryGetProperty(Member, out var owner))
        {
            return owner.GetString() is { } named && string.Equals(named, account.ToString(), StringComparison.Ordinal)
                ? input
                : throw new ArgumentException($"A call in account {account} expects buckets of another account.", nameof(input));
        }

        var output = new ArrayBufferWriter<byte>(input.Length + 64);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var member in given.RootElement.EnumerateObject())
            {
                member.WriteTo(json);
            }

            json.WriteString(Member, account.ToString());
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
