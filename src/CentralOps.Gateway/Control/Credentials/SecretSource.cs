using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>Where a provider's secret is kept: with us, sealed. One that lies in the caller's Secrets Manager is not served yet.</summary>
internal static class SecretSource
{
    /// <param name="place">Before the members: empty, or a path that ends in a dot.</param>
    public static ControlError? Check(JsonObject config, string sourceMember, string referenceMember, string place)
    {
        var external = config.TextAt(sourceMember) is "EXTERNAL" ? sourceMember : config[referenceMember] is not null ? referenceMember : null;
        return external is null
            ? null
            : ControlError.Invalid(place + external, "A secret that is kept in AWS Secrets Manager (EXTERNAL) is not served. Give the secret itself: it is kept encrypted (MANAGED)");
    }
}
