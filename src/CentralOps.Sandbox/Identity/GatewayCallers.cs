using System.Diagnostics.CodeAnalysis;
using CentralOps.Aws.Signing;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>
/// The keys of those who may invoke a gateway of the central operations account, as AgentCore Gateway's AWS_IAM admits them: by action
/// <c>bedrock-agentcore:InvokeGateway</c>. A key that is valid says who somebody is, not that he may: a session that is confined to
/// one action in one account would else have every tool in every account.
/// </summary>
internal sealed class GatewayCallers(AccessKeyStore keys, Estate estate) : IAccessKeys
{
    private const string Action = "bedrock-agentcore:InvokeGateway";

    /// <summary>Any gateway of the account: which one it is, the sandbox does not know.</summary>
    private const string Resource = "arn:aws:bedrock-agentcore:us-east-1:" + DefaultOrganization.CentralOperationsId + ":gateway/any";

    private readonly Authorizer _authorizer = new(estate);

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        if (!keys.TryFind(accessKeyId, out key) || !keys.TryFindPrincipal(accessKeyId, out var principal))
        {
            key = null;
            return false;
        }

        key = MayInvoke(principal) ? key : key with { DeniedAction = Action };
        return true;
    }

    // A gateway has no resource policy here, so nobody comes in from another account.
    private bool MayInvoke(Principal principal) =>
        string.Equals(principal.AccountId, DefaultOrganization.CentralOperationsId, StringComparison.Ordinal)
        && PolicyEvaluator.Evaluate(_authorizer.Ask(principal, Action, Resource)).Allowed;
}
