using CentralOps.Accounts;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Fleet;

/// <summary>Keeps what is heard of calls, to tell it to everybody whose answer they went into.</summary>
internal sealed class HeardCalls : IOperationLog
{
    private readonly Lock _gate = new();
    private List<Action<IOperationLog>> _heard = [];

    public void Entered(AccountId account, RegionName region, string? requestId) => Hear(log => log.Entered(account, region, requestId));

    public void Called(AccountId account, RegionName region, string operation, AwsAnswer answer) => Hear(log => log.Called(account, region, operation, answer));

    public void Refused(AccountId account, RegionName region, string stage, string code) => Hear(log => log.Refused(account, region, stage, code));

    /// <summary>What was heard until now, which is forgotten here.</summary>
    public HeardCalls Drain()
    {
        lock (_gate)
        {
            var drained = new HeardCalls { _heard = _heard };
            _heard = [];
            return drained;
        }
    }

    public void TellTo(IOperationLog? log)
    {
        if (log is null)
        {
            return;
        }

        List<Action<IOperationLog>> heard;
        lock (_gate)
        {
            heard = [.. _heard];
        }

        heard.ForEach(tell => tell(log));
    }

    private void Hear(Action<IOperationLog> tell)
    {
        lock (_gate)
        {
            _heard.Add(tell);
        }
    }
}
