using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Directory;

/// <summary>
/// The first of several sources that may be read. Only a denial leads to the next: a source that is throttled or out of reach for a moment
/// must not be replaced by one that knows fewer accounts.
/// </summary>
public sealed class FirstReadableSource(IReadOnlyList<IAccountSource> sources, TimeProvider time) : IAccountSource
{
    private static readonly TimeSpan DeniedFor = TimeSpan.FromMinutes(5);

    private readonly (Refusal Refusal, DateTimeOffset Until)?[] _denied = new (Refusal, DateTimeOffset)?[sources.Count];
    private readonly Lock _gate = new();

    public string Name => sources[0].Name;

    public async Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken)
    {
        Refusal? passedOver = null;
        for (var index = 0; ; index++)
        {
            if (Denied(index) is { } known)
            {
                passedOver ??= known;
                continue;
            }

            var read = await sources[index].ReadAllAsync(detail, cancellationToken);
            if (!PassesOver(index, read.Refusal))
            {
                return read with { PassedOver = passedOver };
            }

            passedOver ??= read.Refusal;
        }
    }

    public async Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken)
    {
        for (var index = 0; ; index++)
        {
            if (Denied(index) is not null)
            {
                continue;
            }

            var read = await sources[index].ReadAsync(id, cancellationToken);
            if (!PassesOver(index, read.Refusal))
            {
                return read;
            }
        }
    }

    private bool PassesOver(int index, Refusal? refusal)
    {
        if (index == sources.Count - 1 || refusal is null || !IsDenial(refusal))
        {
            return false;
        }

        lock (_gate)
        {
            _denied[index] = (refusal, time.GetUtcNow() + DeniedFor);
        }

        return true;
    }

    private Refusal? Denied(int index)
    {
        lock (_gate)
        {
            return index < sources.Count - 1 && _denied[index] is var (refusal, until) && time.GetUtcNow() < until ? refusal : null;
        }
    }

    private static bool IsDenial(Refusal refusal) => refusal switch
    {
        Refusal.DirectoryUnavailable unavailable => IsDenial(unavailable.Cause),
        Refusal.RoleNotAssumed or Refusal.OperationDenied or Refusal.DeniedByOrganization => true,
        Refusal.ServiceFailed { Failure.Code: "AWSOrganizationsNotInUseException" } => true,
        _ => false,
    };
}
