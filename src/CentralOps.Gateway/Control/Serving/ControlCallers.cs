using CentralOps.Aws.Models;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Gateway.Control.Serving;

/// <summary>Who may ask: whoever signs with a known key, or everybody where there are no keys, which is so on loopback only.</summary>
internal sealed class ControlCallers(IAccessKeys? keys, string region, TimeProvider time)
{
    private const string SigningName = "bedrock-agentcore";

    private readonly SignatureRules _rules = new() { Services = [SigningName], Region = region };

    /// <returns>Null where the caller may.</returns>
    public ControlError? Refuse(WireRequest request, string operation)
    {
        if (keys is null)
        {
            return null;
        }

        var verdict = SignatureV4.Verify(request, keys, time.GetUtcNow(), _rules);
        if (!verdict.Accepted)
        {
            var error = SignatureErrors.For(verdict, ProtocolKind.RestJson1, SigningName);
            return ControlError.Unsigned(error.Code, error.Message, error.Status);
        }

        // A key that is denied something is denied here as a whole: which operations it may is for whoever hands out the keys.
        return verdict.Key is { DeniedAction: not null } key ? ControlError.Denied(key.PrincipalArn, $"{SigningName}:{operation}") : null;
    }
}
