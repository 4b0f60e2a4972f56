using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>
/// What AssumeRole was asked for, checked.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
/// </summary>
internal sealed record AssumeRoleRequest
{
    private const int MaxPolicyLength = 2048;
    private const string NamePattern = @"[\w+=,.@-]*";

    public required string RoleArn { get; init; }

    public required string SessionName { get; init; }

    public required long? DurationSeconds { get; init; }

    public string? ExternalId { get; init; }

    public string? SourceIdentity { get; init; }

    public string? PolicyText { get; init; }

    /// <summary>All that confines the session: the inline policy and the managed ones in one; null where nothing does.</summary>
    public PolicyDocument? Policy { get; init; }

    public IReadOnlyList<PolicyDocument> Managed { get; init; } = [];

    public required SessionTags Tags { get; init; }

    public static (AssumeRoleRequest? Request, ServiceError? Error) Read(OperationCall call)
    {
        var constraints = new MemberConstraints();
        var roleArn = constraints.Required("roleArn", call.Text("RoleArn"));
        var sessionName = constraints.Required("roleSessionName", call.Text("RoleSessionName"));
        constraints.Length("roleArn", call.Text("RoleArn"), 20, 2048);
        constraints.Length("roleSessionName", call.Text("RoleSessionName"), 2, 64);
        constraints.Characters("roleSessionName", sessionName, IsNameCharacter, NamePattern);
        constraints.Range("durationSeconds", call.Number("DurationSeconds"), 900, 43_200);
        constraints.Length("externalId", call.Text("ExternalId"), 2, 1224);
        constraints.Characters("externalId", call.Text("ExternalId"), c => IsNameCharacter(c) || c is ':' or '/', @"[\w+=,.@:\/-]*");
        constraints.Length("sourceIdentity", call.Text("SourceIdentity"), 2, 64);
        constraints.Characters("sourceIdentity", call.Text("SourceIdentity"), IsNameCharacter, NamePattern);
        constraints.Length("policy", call.Text("Policy"), 1, MaxPolicyLength);
        if (constraints.Error is { } invalid)
        {
            return (null, invalid);
        }

        if (Unsupported(call, roleArn) is { } unsupported)
        {
            return (null, unsupported);
        }

        var (tags, tagError) = SessionTags.Read(call);
        if (tags is null)
        {
            return (null, tagError);
        }

        PolicyDocument? policy = null;
        if (call.Text("Policy") is { } text && !PolicyReader.TryRead(text, PolicyKind.Session, out policy, out var problem))
        {
            return (null, new ServiceError("MalformedPolicyDocument", problem));
        }

        var (managed, unattachable) = ManagedPolicies.Read(call);
        if (unattachable is not null)
        {
            return (null, unattachable);
        }

        return (new AssumeRoleRequest
        {
            RoleArn = roleArn,
            SessionName = sessionName,
            DurationSeconds = call.Number("DurationSeconds"),
            ExternalId = call.Text("ExternalId"),
            SourceIdentity = call.Text("SourceIdentity"),
            PolicyText = call.Text("Policy"),
            Policy = ManagedPolicies.Join(policy, managed),
            Managed = managed,
            Tags = tags,
        }, null);
    }

    private static ServiceError? Unsupported(OperationCall call, string roleArn)
    {
        if (!roleArn.StartsWith("arn:", StringComparison.Ordinal))
        {
            return new ServiceError("ValidationError", $"{roleArn} is invalid");
        }

        if (call.Items("ProvidedContexts").Count > 0)
        {
            return new ServiceError("ValidationError", "This sandbox knows no context provider.");
        }

        return call.Text("SerialNumber") is not null || call.Text("TokenCode") is not null
            ? new ServiceError("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", 403)
            : null;
    }

    // \w of Java, which AWS validates with: ASCII.
    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '=' or ',' or '.' or '@' or '-';
}
