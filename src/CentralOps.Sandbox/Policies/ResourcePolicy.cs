namespace CentralOps.Sandbox.Policies;

/// <summary>The resource's side of a question: whose it is, and the policy that hangs on it.</summary>
/// <param name="Document">Null where none hangs there: then its account's principals may use it, and nobody else.</param>
internal sealed record ResourcePolicy(string AccountId, PolicyDocument? Document)
{
    /// <summary>A role's trust policy: nobody comes in by identity policy alone.</summary>
    public bool IsTrust { get; init; }

    public PolicyLayer Layer => IsTrust ? PolicyLayer.Trust : PolicyLayer.Resource;
}
