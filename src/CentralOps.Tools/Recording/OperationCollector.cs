using CentralOps.Accounts;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Endpoints;
using CentralOps.Ledger.Records;

namespace CentralOps.Tools.Recording;

/// <summary>What one call does in accounts, gathered for its record: operations, AWS's request ids, and what was refused.</summary>
internal sealed class OperationCollector : IOperationLog
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(AccountId Account, string Region), Use> _uses = new(Comparer<(AccountId Account, string Region)>.Create(static (a, b) =>
        a.Account.CompareTo(b.Account) is var order and not 0 ? order : string.CompareOrdinal(a.Region, b.Region)));

    /// <summary>Whether anything was refused on the way.</summary>
    public bool HasRefusals { get; private set; }

    public void Entered(AccountId account, RegionName region, IReadOnlyList<string> requestIds)
    {
        lock (_gate)
        {
            var sessions = Of(account, region).Sessions;
            sessions.AddRange(requestIds.Where(id => !sessions.Contains(id, StringComparer.Ordinal)));
        }
    }

    public void Called(AccountId account, RegionName region, string operation, int attempts, IReadOnlyList<string> requestIds)
    {
        lock (_gate)
        {
            var operations = Of(account, region).Operations;
            if (!operations.TryGetValue(operation, out var calls))
            {
                operations[operation] = calls = new Calls();
            }

            calls.Count++;
            calls.Attempts += attempts;
            calls.RequestIds.AddRange(requestIds);
        }
    }

    public void Refused(AccountId account, RegionName region, string stage, string code)
    {
        lock (_gate)
        {
            HasRefusals = true;
            var use = Of(account, region);
            (use.Stage, use.Code) = (use.Stage ?? stage, use.Code ?? code);
        }
    }

    public IReadOnlyList<AccountUse> Gathered()
    {
        lock (_gate)
        {
            return [.. _uses.Select(static use => new AccountUse(use.Key.Account.ToString(), use.Key.Region, [.. use.Value.Sessions], use.Value.Gathered()) { Stage = use.Value.Stage, Code = use.Value.Code })];
        }
    }

    private Use Of(AccountId account, RegionName region)
    {
        var key = (account, region.ToString());
        if (!_uses.TryGetValue(key, out var use))
        {
            _uses[key] = use = new Use();
        }

        return use;
    }

    private sealed class Use
    {
        public List<string> Sessions { get; } = [];

        public SortedDictionary<string, Calls> Operations { get; } = new(StringComparer.Ordinal);

        public string? Stage { get; set; }

        public string? Code { get; set; }

        public IReadOnlyList<OperationUse> Gathered() =>
            [.. Operations.Select(static operation => new OperationUse(operation.Key, operation.Value.Count, operation.Value.Attempts, [.. operation.Value.RequestIds]))];
    }

    private sealed class Calls
    {
        public int Count { get; set; }

        public int Attempts { get; set; }

        public List<string> RequestIds { get; } = [];
    }
}
