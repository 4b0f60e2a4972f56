namespace CentralOps.Gateway.Control;

/// <summary>ARNs of this control plane's resources.</summary>
internal sealed class Arns(string region, string account)
{
    public const string DefaultVault = "default";

    private readonly string _prefix = $"arn:aws:bedrock-agentcore:{region}:{account}:";

    public string Gateway(string gatewayId) => $"{_prefix}gateway/{gatewayId}";

    public string WorkloadIdentity(string name) => $"{_prefix}workload-identity-directory/default/workload-identity/{name}";

    /// <summary>As the developer guide and IAM write it; the model's pattern for answers has the service <c>acps</c>, which no client checks.</summary>
    public string OAuthProvider(string name) => $"{_prefix}token-vault/{DefaultVault}/oauth2credentialprovider/{name}";

    public string ApiKeyProvider(string name) => $"{_prefix}token-vault/{DefaultVault}/apikeycredentialprovider/{name}";

    /// <summary>Where AgentCore keeps a provider's secret; here it is the name of a sealed document.</summary>
    public string Secret(string family, string name, string suffix) =>
        $"arn:aws:secretsmanager:{region}:{account}:secret:bedrock-agentcore-identity!{DefaultVault}/{family}/{name}-{suffix}";

    /// <summary>
    /// The name of a provider from its ARN. Partition and service are not looked at: AWS's own model and its own guide differ in them.
    /// </summary>
    /// <param name="family"><c>oauth2credentialprovider</c> or <c>apikeycredentialprovider</c>.</param>
    /// <returns>Null where the ARN is of another kind, region or account.</returns>
    public string? ProviderName(string arn, string family)
    {
        var parts = arn.Split(':', 6);
        var middle = $"token-vault/{DefaultVault}/{family}/";
        return parts is ["arn", _, _, var place, var owner, var resource]
            && string.Equals(place, region, StringComparison.Ordinal)
            && (owner.Length == 0 || string.Equals(owner, account, StringComparison.Ordinal))
            && resource.StartsWith(middle, StringComparison.Ordinal)
            && resource.Length > middle.Length
                ? resource[middle.Length..]
                : null;
    }

    /// <summary>The kind and id of a resource that may carry tags; null where the ARN names none.</summary>
    public (string Kind, string Id)? Resource(string arn)
    {
        if (!arn.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return arn[_prefix.Length..].Split('/') switch
        {
            ["gateway", var id] => (Kinds.Gateway, id),
            ["token-vault", DefaultVault, "oauth2credentialprovider", var name] => (Kinds.OAuthProvider, name),
            ["token-vault", DefaultVault, "apikeycredentialprovider", var name] => (Kinds.ApiKeyProvider, name),
            ["workload-identity-directory", "default", "workload-identity", var name] => (Kinds.WorkloadIdentity, name),
            _ => null,
        };
    }
}
