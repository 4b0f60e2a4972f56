using CentralOps.Gateway.Control.Credentials;
using CentralOps.Gateway.Control.Gateways;
using CentralOps.Gateway.Control.Policies;
using CentralOps.Gateway.Control.RateLimits;
using CentralOps.Gateway.Control.Rules;
using CentralOps.Gateway.Control.Tags;
using CentralOps.Gateway.Control.Targets;
using CentralOps.Gateway.Control.Workloads;

namespace CentralOps.Gateway.Control;

/// <summary>Every operation that is served, by its name, and what is the same for all: idempotency tokens, and beginning anew where others were faster.</summary>
internal sealed class ControlOperations(ControlContext context)
{
    private static readonly Dictionary<string, Run> All = new(StringComparer.Ordinal)
    {
        ["CreateGateway"] = GatewayOperations.CreateAsync,
        ["GetGateway"] = GatewayOperations.GetAsync,
        ["ListGateways"] = GatewayOperations.ListAsync,
        ["UpdateGateway"] = GatewayOperations.UpdateAsync,
        ["DeleteGateway"] = GatewayOperations.DeleteAsync,
        ["CreateGatewayTarget"] = TargetOperations.CreateAsync,
        ["GetGatewayTarget"] = TargetOperations.GetAsync,
        ["ListGatewayTargets"] = TargetOperations.ListAsync,
        ["UpdateGatewayTarget"] = TargetOperations.UpdateAsync,
        ["DeleteGatewayTarget"] = TargetOperations.DeleteAsync,
        ["SynchronizeGatewayTargets"] = SynchronizeTargets.SynchronizeAsync,
        ["CreateGatewayRule"] = RuleOperations.CreateAsync,
        ["GetGatewayRule"] = RuleOperations.GetAsync,
        ["ListGatewayRules"] = RuleOperations.ListAsync,
        ["UpdateGatewayRule"] = RuleOperations.UpdateAsync,
        ["DeleteGatewayRule"] = RuleOperations.DeleteAsync,
        ["CreateGatewayRateLimit"] = RateLimitOperations.CreateAsync,
        ["GetGatewayRateLimit"] = RateLimitOperations.GetAsync,
        ["ListGatewayRateLimits"] = RateLimitOperations.ListAsync,
        ["UpdateGatewayRateLimit"] = RateLimitOperations.UpdateAsync,
        ["DeleteGatewayRateLimit"] = RateLimitOperations.DeleteAsync,
        ["BatchPutGatewayRateLimits"] = BatchPutRateLimits.PutAsync,
        ["CreateOauth2CredentialProvider"] = OAuthOperations.CreateAsync,
        ["GetOauth2CredentialProvider"] = OAuthOperations.GetAsync,
        ["ListOauth2CredentialProviders"] = OAuthOperations.ListAsync,
        ["UpdateOauth2CredentialProvider"] = OAuthOperations.UpdateAsync,
        ["DeleteOauth2CredentialProvider"] = OAuthOperations.DeleteAsync,
        ["CreateApiKeyCredentialProvider"] = ApiKeyOperations.CreateAsync,
        ["GetApiKeyCredentialProvider"] = ApiKeyOperations.GetAsync,
        ["ListApiKeyCredentialProviders"] = ApiKeyOperations.ListAsync,
        ["UpdateApiKeyCredentialProvider"] = ApiKeyOperations.UpdateAsync,
        ["DeleteApiKeyCredentialProvider"] = ApiKeyOperations.DeleteAsync,
        ["GetTokenVault"] = TokenVaultOperations.GetAsync,
        ["SetTokenVaultCMK"] = TokenVaultOperations.SetKeyAsync,
        ["CreateWorkloadIdentity"] = WorkloadOperations.CreateAsync,
        ["GetWorkloadIdentity"] = WorkloadOperations.GetAsync,
        ["ListWorkloadIdentities"] = WorkloadOperations.ListAsync,
        ["UpdateWorkloadIdentity"] = WorkloadOperations.UpdateAsync,
        ["DeleteWorkloadIdentity"] = WorkloadOperations.DeleteAsync,
        ["PutResourcePolicy"] = PolicyOperations.PutAsync,
        ["GetResourcePolicy"] = PolicyOperations.GetAsync,
        ["DeleteResourcePolicy"] = PolicyOperations.DeleteAsync,
        ["TagResource"] = TagOperations.TagAsync,
        ["UntagResource"] = TagOperations.UntagAsync,
        ["ListTagsForResource"] = TagOperations.ListAsync,
    };

    private delegate ValueTask<ControlResult> Run(ControlContext context, ControlCall call, CancellationToken cancellationToken);

    public static IReadOnlyCollection<string> Names => All.Keys;

    public async ValueTask<ControlResult> RunAsync(ControlCall call, CancellationToken cancellationToken)
    {
        var run = All[call.Operation.Name];
        for (var tries = 0; tries < ControlLimits.MaxTries; tries++)
        {
            // 1. Was this request made before? Then it has its answer.
            if (await AnsweredAsync(call, cancellationToken) is { } answered)
            {
                return answered;
            }

            // 2. Do it, unless somebody else changed what it had read in the meantime.
            var result = await run(context, call, cancellationToken);
            if (result.IsAgain)
            {
                continue;
            }

            // 3. What stands in its way may be its own doing: the same request, sent twice at once.
            return result.Error is null ? result : await AnsweredAsync(call, cancellationToken) ?? result;
        }

        return ControlError.Busy;
    }

    private async ValueTask<ControlResult?> AnsweredAsync(ControlCall call, CancellationToken cancellationToken)
    {
        if (call.Token is not { } token || await context.FindAsync(Kinds.Token, token.Id, cancellationToken) is not { } known)
        {
            return null;
        }

        return string.Equals(known.Find("fingerprint"), token.Fingerprint, StringComparison.Ordinal)
            ? known.Body["answer"]!.DeepClone().AsObject()
            : (ControlResult)ControlError.TokenMismatch(token.Text);
    }
}
