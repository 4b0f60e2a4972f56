using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Iam;

/// <summary>
/// Asks the sandbox's own evaluator what it would say, for every action on every resource.
/// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
/// </summary>
internal abstract class SimulatePolicy(Estate estate, PageTokens tokens) : Operation
{
    private const int MostActions = 100;
    private const int MostQuestions = 10_000;

    private static readonly PageRules Pages = new()
    {
        Limit = "MaxItems",
        Token = "Marker",
        Default = 100,
        Max = 1000,
        BadLimit = static asked => IamErrors.Invalid($"1 validation error detected: Value '{asked}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000"),
        BadToken = IamErrors.Invalid("The marker is not one that this operation gave."),
    };

    private readonly Authorizer _authorizer = new(estate);

    public sealed override string Action => "iam:" + Name;

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    /// <summary>Who is simulated, without what the request adds.</summary>
    protected abstract (Principal? Principal, ServiceError? Error) Subject(OperationCall call);

    private OperationAnswer Answer(OperationCall call)
    {
        var (subject, refused) = Subject(call);
        if (subject is null)
        {
            return refused!;
        }

        var actions = call.Texts("ActionNames");
        if (actions.Count is 0 or > MostActions)
        {
            return IamErrors.Invalid($"1 validation error detected: Value at 'actionNames' failed to satisfy constraint: Member must have 1 to {MostActions} entries");
        }

        if (actions.FirstOrDefault(static action => action.Split(':') is not [{ Length: > 0 }, { Length: > 0 }]) is { } malformed)
        {
            return IamErrors.BadInput($"Invalid action name: {malformed}");
        }

        var (principal, resource, unreadable) = WithPolicies(call, subject);
        if (unreadable is not null)
        {
            return unreadable;
        }

        IReadOnlyList<string> resources = call.Texts("ResourceArns") is { Count: > 0 } given ? given : ["*"];
        if (actions.Count * resources.Count > MostQuestions)
        {
            return IamErrors.BadInput($"{actions.Count * resources.Count} questions are more than {MostQuestions}.");
        }

        var questions = actions.SelectMany(action => resources.Select(arn => (Action: action, Resource: arn))).ToArray();
        var (page, error) = Page<(string Action, string Resource)>.Of(call, Pages, $"{Name}/{call.Input.GetProperty("ActionNames").GetRawText()}/{string.Join(',', resources)}", questions, tokens);
        if (page is null)
        {
            return error!;
        }

        var answer = new JsonObject
        {
            ["EvaluationResults"] = JsonList.Of(page.Items, question => Result(call, principal, resource, question.Action, question.Resource)),
            ["IsTruncated"] = page.Next is not null,
        };
        if (page.Next is not null)
        {
            answer["Marker"] = page.Next;
        }

        return answer;
    }

    private static (Principal Principal, ResourcePolicy? Resource, ServiceError? Error) WithPolicies(OperationCall call, Principal subject)
    {
        var policies = subject.IdentityPolicies.ToList();
        foreach (var text in call.Texts("PolicyInputList"))
        {
            if (!PolicyReader.TryRead(text, PolicyKind.Identity, out var policy, out var problem))
            {
                return (subject, null, IamErrors.BadInput(problem));
            }

            policies.Add(policy);
        }

        var boundary = subject.PermissionsBoundary;
        if (call.Texts("PermissionsBoundaryPolicyInputList") is [var limit, ..] && !PolicyReader.TryRead(limit, PolicyKind.Boundary, out boundary, out var limitProblem))
        {
            return (subject, null, IamErrors.BadInput(limitProblem));
        }

        PolicyDocument? hanging = null;
        if (call.Text("ResourcePolicy") is { } own && !PolicyReader.TryRead(own, PolicyKind.Resource, out hanging, out var ownProblem))
        {
            return (subject, null, IamErrors.BadInput(ownProblem));
        }

        var owner = call.Text("ResourceOwner") is { } arn && arn.Split(':') is [_, _, _, _, var account, ..] ? account : subject.AccountId;
        return (subject with { IdentityPolicies = policies, PermissionsBoundary = boundary }, hanging is null ? null : new ResourcePolicy(owner, hanging), null);
    }

    private JsonObject Result(OperationCall call, Principal principal, ResourcePolicy? resource, string action, string arn)
    {
        var asked = _authorizer.Ask(principal, action, arn) with { Now = call.Now };
        foreach (var entry in call.Items("ContextEntries"))
        {
            asked = SimulationContext.Add(asked, entry);
        }

        var decision = PolicyEvaluator.Evaluate(asked, resource);
        var organization = decision is { Allowed: false, Layer: PolicyLayer.ServiceControl };
        return new JsonObject
        {
            ["EvalActionName"] = action,
            ["EvalResourceName"] = arn,
            ["EvalDecision"] = Word(decision),
            ["MatchedStatements"] = new JsonArray(),
            ["MissingContextValues"] = new JsonArray(),
            ["OrganizationsDecisionDetail"] = asked.Guardrails.Count > 0 ? new JsonObject { ["AllowedByOrganizations"] = !organization } : null,
            ["PermissionsBoundaryDecisionDetail"] = principal.PermissionsBoundary is null ? null : new JsonObject { ["AllowedByPermissionsBoundary"] = decision is not { Allowed: false, Layer: PolicyLayer.Boundary } },
        };
    }

    private static string Word(Decision decision) => decision switch
    {
        { Allowed: true } => "allowed",
        { IsExplicit: true } => "explicitDeny",
        _ => "implicitDeny",
    };
}

/// <summary>On behalf of a role or user that there is.</summary>
internal sealed class SimulatePrincipalPolicy(Estate estate, IdentityDirectory directory, IamRoles roles, PageTokens tokens) : SimulatePolicy(estate, tokens)
{
    public override string Name => "SimulatePrincipalPolicy";

    public override string Resource(OperationCall call) => call.Text("PolicySourceArn") ?? "*";

    protected override (Principal? Principal, ServiceError? Error) Subject(OperationCall call)
    {
        var arn = call.Text("PolicySourceArn") ?? "";
        if (arn.Split(':', 6) is not ["arn", "aws", "iam", "", var account, var named] || !named.Contains('/', StringComparison.Ordinal))
        {
            return (null, IamErrors.BadInput($"Invalid Entity Arn: {arn} does not clearly define entity type and name."));
        }

        if (string.Equals(account, call.Caller.AccountId, StringComparison.Ordinal))
        {
            if (string.Equals(arn, directory.Operator.Arn, StringComparison.Ordinal))
            {
                return (directory.Operator.ToPrincipal(), null);
            }

            if (named.StartsWith("role/", StringComparison.Ordinal) && roles.Find(account, named[(named.LastIndexOf('/') + 1)..]) is { } role)
            {
                return (role.Session("simulation"), null);
            }
        }

        return (null, new ServiceError("NoSuchEntity", $"The entity {arn} cannot be found.", 404));
    }
}

/// <summary>On behalf of nobody: the request's own policies are all that there are.</summary>
internal sealed class SimulateCustomPolicy(Estate estate, PageTokens tokens) : SimulatePolicy(estate, tokens)
{
    public override string Name => "SimulateCustomPolicy";

    protected override (Principal? Principal, ServiceError? Error) Subject(OperationCall call) => call.Texts("PolicyInputList").Count == 0
        ? (null, IamErrors.Invalid("1 validation error detected: Value null at 'policyInputList' failed to satisfy constraint: Member must not be null"))
        : (call.Caller with { IdentityPolicies = [], SessionPolicy = null, PermissionsBoundary = null }, null);
}

/// <summary>What a request says about the circumstances.</summary>
internal static class SimulationContext
{
    public static AccessRequest Add(AccessRequest request, JsonElement entry)
    {
        var name = entry.TryGetProperty("ContextKeyName", out var key) ? key.GetString() ?? "" : "";
        var value = OperationCall.Texts(entry, "ContextKeyValues") is [var first, ..] ? first : "";
        return name.ToUpperInvariant() switch
        {
            "AWS:REQUESTEDREGION" => request with { Region = value },
            "AWS:SOURCEIP" => request with { SourceIp = value },
            "AWS:USERAGENT" => request with { UserAgent = value },
            "STS:EXTERNALID" => request with { ExternalId = value },
            "STS:ROLESESSIONNAME" => request with { RoleSessionName = value },
            "STS:SOURCEIDENTITY" => request with { RequestedSourceIdentity = value },
            _ => request with { ServiceKeys = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(request.ServiceKeys.Where(pair => !pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Append(KeyValuePair.Create(name, value)), StringComparer.OrdinalIgnoreCase) },
        };
    }
}
