using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Directory;

/// <summary>The tags of accounts. AWS Organizations tells them one account a call, so they are read only where a selector asks for them.</summary>
internal static class AccountTags
{
    /// <summary>Above this AWS Organizations throttles.</summary>
    private const int Width = 4;

    private static readonly Projection Tags = Projection.Items("Tags", Field.Value("Key"), Field.Value("Value"));

    public static async Task<AccountsRead> ReadAsync(OpenAccount door, IReadOnlyList<Account> accounts, CancellationToken cancellationToken)
    {
        var tagged = new Account[accounts.Count];
        Refusal? refusal = null;
        await Parallel.ForAsync(0, accounts.Count, new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancellationToken }, async (index, cancelled) =>
        {
            if (Volatile.Read(ref refusal) is not null)
            {
                return;
            }

            var account = accounts[index];
            var items = new ArrayBufferWriter<byte>(256);
            var outcome = await OrganizationsPages.ReadAsync(
                door, OrganizationsSource.Operation("ListTagsForResource"), ("ResourceId", account.Id.ToString()), Tags, items, cancelled);
            if (outcome.Refusal is { } refused)
            {
                Volatile.Write(ref refusal, refused);
                return;
            }

            tagged[index] = account with { Tags = Read(items.WrittenMemory) };
        });
        return refusal switch
        {
            null => new AccountsRead(tagged, null) { Detail = AccountDetail.Tags },

            // Who may list accounts but not tags still gets the accounts.
            Refusal.OperationDenied or Refusal.DeniedByOrganization => new AccountsRead(accounts, null),
            _ => AccountsRead.Refused(refusal),
        };
    }

    private static Dictionary<string, string> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in document.RootElement.EnumerateArray())
        {
            if (tag.GetProperty("Key"u8).GetString() is { } key)
            {
                tags[PlainText.Data(key)] = PlainText.Data(tag.GetProperty("Value"u8).GetString() ?? "");
            }
        }

        return tags;
    }
}
