using System.Collections.Frozen;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// A condition key that the sandbox can answer. Names compare without case, as AWS's do; a tag key behind the slash, too.
/// </summary>
internal readonly record struct ConditionKey
{
    private static readonly FrozenDictionary<string, Func<AccessRequest, string?>> Known = new Dictionary<string, Func<AccessRequest, string?>>(StringComparer.OrdinalIgnoreCase)
    {
        ["aws:PrincipalArn"] = request => request.Principal.IamArn,
        ["aws:PrincipalAccount"] = request => request.Principal.AccountId,
        ["aws:PrincipalOrgID"] = request => request.OrganizationId,
        ["aws:PrincipalType"] = request => request.Principal.IsSession ? "AssumedRole" : "User",
        ["aws:PrincipalIsAWSService"] = _ => "false",
        ["aws:userid"] = request => request.Principal.UserId,
        ["aws:username"] = request => request.Principal.UserName,
        ["aws:SourceIdentity"] = request => request.Principal.SourceIdentity,
        ["aws:RequestedRegion"] = request => request.Region,
        ["aws:ViaAWSService"] = _ => "false",
        // AWS answers TLS only, and the loopback of the sandbox stands for it.
        ["aws:SecureTransport"] = _ => "true",
        // Absent for long-lived keys, as at AWS.
        ["aws:MultiFactorAuthPresent"] = request => request.Principal.IsSession ? "false" : null,
        ["sts:ExternalId"] = request => request.ExternalId,
        ["sts:RoleSessionName"] = request => request.RoleSessionName,
        ["sts:SourceIdentity"] = request => request.RequestedSourceIdentity,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly Func<AccessRequest, string?> _value;

    private ConditionKey(Func<AccessRequest, string?> value) => _value = value;

    public static bool TryParse(string text, out ConditionKey key)
    {
        if (Known.TryGetValue(text, out var value))
        {
            key = new ConditionKey(value);
            return true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var tag = text[(slash + 1)..];
        key = (slash < 0 || tag.Length == 0 ? "" : text[..slash].ToLowerInvariant()) switch
        {
            "aws:principaltag" => new ConditionKey(request => request.Principal.Tags.GetValueOrDefault(tag)),
            "aws:requesttag" => new ConditionKey(request => request.RequestTags.GetValueOrDefault(tag)),
            _ => default,
        };
        return key._value is not null;
    }

    /// <summary>The key's value in this request; null when the request does not carry it.</summary>
    public string? ValueIn(AccessRequest request) => _value(request);
}
