using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>sts:AssumeRole: trust on the role's side, permission on the caller's, and a confined session as the result.</summary>
internal sealed class AssumeRole(Estate estate, IdentityDirectory directory, AccessKeyStore keys) : Operation
{
    private static readonly TimeSpan ChainedMaximum = TimeSpan.FromHours(1);
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(1);

    private readonly Authorizer _authorizer = new(estate);

    public override string Name => "AssumeRole";

    /// <summary>Evaluated here: the role's own policy takes part.</summary>
    public override string? Action => null;

    public override string Resource(OperationCall call) => call.Text("RoleArn") ?? "*";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        // 1. Is the request well formed?
        var (request, invalid) = AssumeRoleRequest.Read(call);
        if (request is null)
        {
            return invalid!;
        }

        // 2. Do the role and the caller's own side let this caller in? A role that is absent reads as one that does not trust.
        if (!directory.TryFindRole(request.RoleArn, out var role))
        {
            return Denied(call, "sts:AssumeRole", request.RoleArn, "");
        }

        if (Refusal(call, request, role) is { } refused)
        {
            return refused;
        }

        // 3. Does the session fit its bounds?
        var duration = request.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultDuration;
        if (call.Caller.IsSession && duration > ChainedMaximum)
        {
            return new ServiceError("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }

        if (duration > role.MaxSessionDuration)
        {
            return new ServiceError("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }

        var packed = PackedPolicy.Percent(request.PolicyText, request.Managed.Count, request.Tags.All);
        if (packed > 100)
        {
            return new ServiceError("PackedPolicyTooLarge", $"Packed policy consumes {packed}% of allotted space, please use smaller policy.");
        }

        // 4. Make the session.
        var session = role.Session(request.SessionName) with
        {
            SessionPolicy = request.Policy,
            SourceIdentity = request.SourceIdentity ?? call.Caller.SourceIdentity,
            Tags = request.Tags.All,
            TransitiveTagKeys = request.Tags.TransitiveKeys,
            IssuedAt = call.Now,
        };
        return Written(keys.IssueAssumed(session, duration), session, packed);
    }

    private ServiceError? Refusal(OperationCall call, AssumeRoleRequest request, Role role)
    {
        var inherited = call.Caller.SourceIdentity;
        if (inherited is not null && request.SourceIdentity is not null && !string.Equals(inherited, request.SourceIdentity, StringComparison.Ordinal))
        {
            return Denied(call, "sts:SetSourceIdentity", role.Arn, "");
        }

        var sourceIdentity = request.SourceIdentity ?? inherited;
        var question = _authorizer.Ask(call, "sts:AssumeRole", role.Arn) with
        {
            ResourceAccountId = role.AccountId,
            ExternalId = request.ExternalId,
            RoleSessionName = request.SessionName,
            RequestedSourceIdentity = sourceIdentity,
            RequestTags = request.Tags.Requested,
            TransitiveTagKeys = request.Tags.RequestedTransitive,
        };
        List<string> actions = ["sts:AssumeRole"];
        if (request.Tags.All.Count > 0)
        {
            actions.Add("sts:TagSession");
        }

        if (sourceIdentity is not null)
        {
            actions.Add("sts:SetSourceIdentity");
        }

        foreach (var action in actions)
        {
            var decision = PolicyEvaluator.Evaluate(question with { Action = action }, new ResourcePolicy(role.AccountId, role.Trust) { IsTrust = true });
            if (!decision.Allowed)
            {
                // Of another account's trust AWS tells nothing: the role's owner and the caller are not the same people.
                var foreign = decision.Layer == PolicyLayer.Trust && !string.Equals(role.AccountId, call.Caller.AccountId, StringComparison.Ordinal);
                return Denied(call, action, role.Arn, foreign ? "" : decision.Reason(action));
            }
        }

        return null;
    }

    private static ServiceError Denied(OperationCall call, string action, string roleArn, string reason) =>
        new("AccessDenied", $"User: {call.Caller.Arn} is not authorized to perform: {action} on resource: {roleArn}{reason}", 403);

    private static OperationAnswer Written(AwsCredentials credentials, Principal session, int? packed) =>
        OperationAnswer.Of((credentials, session, packed), static (json, made) =>
        {
            json.WriteStartObject("Credentials");
            json.WriteString("AccessKeyId", made.credentials.AccessKeyId);
            json.WriteString("SecretAccessKey", made.credentials.SecretAccessKey);
            json.WriteString("SessionToken", made.credentials.SessionToken);
            json.WriteString("Expiration", made.credentials.Expiration!.Value.UtcDateTime);
            json.WriteEndObject();
            json.WriteStartObject("AssumedRoleUser");
            json.WriteString("AssumedRoleId", made.session.UserId);
            json.WriteString("Arn", made.session.Arn);
            json.WriteEndObject();
            if (made.packed is { } percent)
            {
                json.WriteNumber("PackedPolicySize", percent);
            }

            if (made.session.SourceIdentity is { } identity)
            {
                json.WriteString("SourceIdentity", identity);
            }
        });
}
