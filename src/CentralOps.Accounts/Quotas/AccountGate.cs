using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;

namespace CentralOps.Accounts.Quotas;

/// <summary>The quotas, as one caller's calls in one account meet them.</summary>
/// <param name="account">12 digits; empty for the account that CentralOps itself runs in.</param>
internal sealed class AccountGate(CallQuotas quotas, string account, CallerKey caller, Deadline? deadline) : ICallGate
{
    public async ValueTask<CallPass> EnterAsync(AwsCall call, string region, bool again, long begunAt, CancellationToken cancellationToken)
    {
        var bare = PublishedRates.HasBareForm(call.Operation) && IsBare(call.Input.Json.Span);
        var (group, rate) = PublishedRates.Of(call.Operation, bare);
        var site = new CallSite(account, region, call.Operation.Service.Name, group);
        var entry = await quotas.EnterAsync(site, quotas.Rates is QuotaRates.Published ? rate : null, caller, deadline ?? quotas.LongestWaitFrom(begunAt), again, cancellationToken);
        return entry.Lease is { } lease
            ? new CallPass(new Lease(lease), null, null)
            : new CallPass(null, entry.Refusal!.Code, entry.Refusal.Message);
    }

    /// <summary>Whether the input names neither filters nor a page.</summary>
    private static bool IsBare(ReadOnlySpan<byte> input)
    {
        var json = new Utf8JsonReader(input);
        while (json.Read())
        {
            if (json.TokenType is not JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.ValueTextEquals("Filters"u8) || json.ValueTextEquals("MaxResults"u8) || json.ValueTextEquals("NextToken"u8))
            {
                return false;
            }

            json.Skip();
        }

        return true;
    }

    private sealed class Lease(QuotaLease lease) : ICallLease
    {
        public void Leave(CallEnd end, TimeSpan? retryAfter) => lease.Leave(
            end switch
            {
                CallEnd.Answered => QuotaAnswer.Passed,
                CallEnd.Throttled => QuotaAnswer.Throttled,
                _ => QuotaAnswer.None,
            },
            retryAfter);
    }
}
