using System.Text.Json.Nodes;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>One drawn question, with all policies as JSON so that both sides read the same text.</summary>
internal sealed record PolicyCase
{
    public required AccessRequest Request { get; init; }

    public required string ResourceAccountId { get; init; }

    public required IReadOnlyList<JsonObject> Identity { get; init; }

    public JsonObject? Session { get; init; }

    public JsonObject? Boundary { get; init; }

    public JsonObject? Resource { get; init; }

    public IReadOnlyList<IReadOnlyList<JsonObject>> Guardrails { get; init; } = [];

    public bool IsTrust => Request.Action.StartsWith("sts:", StringComparison.Ordinal);

    public bool CrossAccount => ResourceAccountId != Request.Principal.AccountId;

    public IEnumerable<JsonObject> Documents => [.. Identity, .. Guardrails.SelectMany(level => level), .. new[] { Session, Boundary, Resource }.OfType<JsonObject>()];

    public AccessRequest Question => Request with
    {
        ResourceAccountId = ResourceAccountId,
        Guardrails = [.. Guardrails.Select(level => level.Select(policy => Read(policy, PolicyKind.ServiceControl)).ToArray())],
        Principal = Request.Principal with
        {
            IdentityPolicies = [.. Identity.Select(policy => Read(policy, PolicyKind.Identity))],
            SessionPolicy = Session is null ? null : Read(Session, PolicyKind.Session),
            PermissionsBoundary = Boundary is null ? null : Read(Boundary, PolicyKind.Boundary),
        },
    };

    public ResourcePolicy Side => new(ResourceAccountId, Resource is null ? null : Read(Resource, IsTrust ? PolicyKind.Trust : PolicyKind.Resource)) { IsTrust = IsTrust };

    public string Decide()
    {
        var decision = PolicyEvaluator.Evaluate(Question, Side);
        return decision.Allowed ? "Allowed" : decision.IsExplicit ? "ExplicitlyDenied" : "ImplicitlyDenied";
    }

    /// <summary>In the simulator's form.</summary>
    public JsonObject Simulation()
    {
        var context = new JsonObject();
        foreach (var name in PolicyWorld.ContextKeys)
        {
            ConditionKey.TryParse(name, out var key).ShouldBeTrue(name);
            if (key.ValuesIn(Request with { ResourceAccountId = ResourceAccountId }) is { } values)
            {
                context[name] = key.IsMultivalued ? new JsonArray([.. values.Select(value => JsonValue.Create(value))]) : values[0];
            }
        }

        var simulation = new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["principal"] = Request.Principal.Arn,
                ["action"] = Request.Action,
                ["resource"] = new JsonObject { ["resource"] = Request.Resource, ["accountId"] = ResourceAccountId },
                ["contextVariables"] = context,
            },
            ["identityPolicies"] = Named(Identity, "identity"),
            ["serviceControlPolicies"] = new JsonArray([.. Guardrails.Select((level, index) => new JsonObject { ["orgIdentifier"] = "level-" + index, ["policies"] = Named(level, "scp-" + index) })]),
            ["resourceControlPolicies"] = new JsonArray(),
        };
        Add("sessionPolicy", Session?.DeepClone());
        Add("resourcePolicy", Resource?.DeepClone());
        Add("permissionBoundaryPolicies", Boundary is null ? null : Named([Boundary], "boundary"));
        return simulation;

        void Add(string name, JsonNode? node)
        {
            if (node is not null)
            {
                simulation[name] = node;
            }
        }
    }

    private static JsonArray Named(IEnumerable<JsonObject> policies, string name) =>
        new([.. policies.Select((policy, index) => new JsonObject { ["name"] = $"{name}-{index}", ["policy"] = policy.DeepClone() })]);

    private static PolicyDocument Read(JsonObject policy, PolicyKind kind)
    {
        PolicyReader.TryRead(policy.ToJsonString(), kind, out var document, out var problem).ShouldBeTrue(problem + "\n" + policy);
        return document!;
    }
}
