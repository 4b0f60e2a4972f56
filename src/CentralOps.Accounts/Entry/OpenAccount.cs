using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Accounts.Entry;

/// <summary>An account that one tool is in, for one caller and in one region: what the tool declared can be called, nothing else.</summary>
public sealed class OpenAccount
{
    private readonly ToolUse _use;
    private readonly SessionPolicy _policy;
    private readonly SessionKey _key;
    private readonly CredentialBroker _broker;
    private readonly AwsClient _client;
    private AccountSession _session;

    // A session that is not known right after it was made never will be: it is the region that does not know it.
    private bool _isNew;

    internal OpenAccount(
        Account account, RegionName region, ToolUse use, SessionPolicy policy, SessionKey key, AccountSession session, CredentialBroker broker, AwsClient client)
    {
        Account = account;
        Region = region;
        _use = use;
        _policy = policy;
        _key = key;
        _session = session;
        _broker = broker;
        _client = client;
    }

    public Account Account { get; }

    public AccountId Id => Account.Id;

    public RegionName Region { get; }

    /// <summary>What AWS holds the session to.</summary>
    public Confinement Confinement => _session.Confinement;

    /// <summary>What of the caller CloudTrail will not show.</summary>
    public IdentityParts Withheld => _session.Withheld;

    internal ICallGate? Gate { get; init; }

    internal string RoleArn => _key.RoleArn;

    /// <summary>The same session in another region: for who asks the same of many.</summary>
    /// <param name="log">Hears of what is called there; null where nobody listens.</param>
    public Entered In(RegionName region, IOperationLog? log)
    {
        var use = _use with { Log = log };
        if (!string.Equals(region.PartitionId, _key.Partition, StringComparison.Ordinal))
        {
            var elsewhere = new Refusal.RegionElsewhere(Id, region, _broker.Home);
            use.NoteRefusal(Id, region, elsewhere);
            return new Entered(null, elsewhere);
        }

        log?.Entered(Id, region, _session.RequestId);
        return new Entered(new OpenAccount(Account, region, use, _policy, _key, _session, _broker, _client) { Gate = Gate }, null);
    }

    /// <summary>Calls an operation; the answer goes into the transcription.</summary>
    /// <param name="input">The operation's input as a JSON object.</param>
    public async Task<CallOutcome> CallAsync(OperationModel operation, ReadOnlyMemory<byte> input, Transcription into, CancellationToken cancellationToken)
    {
        // The answer is read through the operation's guard, whatever model the tool holds.
        if (_policy.Guarded(operation) is not { } guarded)
        {
            return new CallOutcome(new Refusal.OperationNotPermitted(_use.Tool, operation.ToString(), "it has not declared the operation"));
        }

        input = BucketOwner.Expect(Id, operation, input);

        var answer = await AskAsync(guarded, input, into, cancellationToken);
        if (answer.Failure is { } refused && IsSessions(refused))
        {
            // The session ended on the way or before its time, or its role is gone. Reads can be asked twice; a failed answer has written nothing.
            _broker.Forget(_key, _session);
            var grant = await _broker.ObtainAsync(_key, cancellationToken);
            if (grant.Session is not { } renewed)
            {
                return new CallOutcome(grant.Refusal);
            }

            (_session, _isNew) = (renewed, true);
            _use.Log?.Entered(Id, Region, renewed.RequestId);
            answer = await AskAsync(guarded, input, into, cancellationToken);
        }

        if (answer.Failure is not { } failure)
        {
            return default;
        }

        var refusal = FailureStages.OfCall(failure, this);
        _use.NoteRefusal(Id, Region, refusal);
        return new CallOutcome(refusal);
    }

    private bool IsSessions(AwsFailure failure) => FailureStages.SaysExpired(failure) || (!_isNew && FailureStages.SaysUnknown(failure));

    internal IReadOnlyList<string> ActionsOf(string operation) => _policy.ActionsOf(operation);

    private async Task<AwsAnswer> AskAsync(OperationModel operation, ReadOnlyMemory<byte> input, Transcription into, CancellationToken cancellationToken)
    {
        var call = new AwsCall(operation, new AwsInput(input), Region.ToString(), _session.Credentials) { RequestId = _use.RequestId, Gate = Gate };
        var answer = await _client.CallAsync(call, into, cancellationToken);
        _use.Log?.Called(Id, Region, operation.ToString(), answer);
        return answer;
    }
}

/// <summary>How a call in an account ended: answered, or refused.</summary>
public readonly record struct CallOutcome(Refusal? Refusal);
