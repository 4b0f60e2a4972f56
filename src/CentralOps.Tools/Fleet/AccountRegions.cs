using CentralOps.Accounts;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Fleet;

/// <summary>The regions that are enabled in accounts, kept for some minutes. Only who is in the account is told. Safe for concurrent use.</summary>
internal sealed class AccountRegions(TimeProvider time)
{
    /// <summary>Somebody who enables a region waits so long at most until <c>all</c> means it too.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    private const int MaxAccounts = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, (IReadOnlyList<RegionName> Regions, DateTimeOffset ReadAt)> _known = [];

    /// <summary>Ordered by name.</summary>
    /// <param name="door">In any region of the partition.</param>
    public async Task<RegionsRead> ReadAsync(OpenAccount door, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(door.Id, out var known) && time.GetUtcNow() - known.ReadAt < FreshFor)
            {
                return new RegionsRead(known.Regions, null);
            }
        }

        var answer = await WholeAnswer.AskAsync(door, AccountTool.RegionsOperation, static _ => { }, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return new RegionsRead([], refusal);
        }

        var regions = new List<RegionName>();
        foreach (var region in answer.List("Regions"))
        {
            if (region.TryGetProperty("RegionName"u8, out var name) && RegionName.TryParse(name.GetString(), out var read))
            {
                regions.Add(read);
            }
        }

        regions.Sort(static (a, b) => string.CompareOrdinal(a.Text, b.Text));
        Keep(door.Id, regions);
        return new RegionsRead(regions, null);
    }

    private void Keep(AccountId account, List<RegionName> regions)
    {
        lock (_gate)
        {
            if (_known.Count >= MaxAccounts && !_known.ContainsKey(account))
            {
                _known.Clear();
            }

            _known[account] = (regions, time.GetUtcNow());
        }
    }
}
