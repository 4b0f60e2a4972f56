using System.Text.Json.Nodes;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>Draws whole cases; the same seed draws the same ones.</summary>
internal static class CaseDice
{
    public static IEnumerable<PolicyCase> Draw(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            yield return Draw(random);
        }
    }

    private static PolicyCase Draw(Random random)
    {
        var caller = PolicyWorld.Caller(random);
        var (action, resource, hasPolicy) = PolicyWorld.Targets[random.Next(PolicyWorld.Targets.Count)];
        var account = hasPolicy && random.Next(2) == 0 ? PolicyWorld.Away : PolicyWorld.Home;
        var arn = resource.Replace("ACCOUNT", account, StringComparison.Ordinal);
        var request = PolicyWorld.Draw(random, caller, action, arn);
        var dice = new PolicyDice(random, request, account);
        var trust = action.StartsWith("sts:", StringComparison.Ordinal);
        return new PolicyCase
        {
            Request = request,
            ResourceAccountId = account,
            Identity = [.. Enumerable.Range(0, random.Next(3)).Select(_ => dice.Identity(percentAllowAll: 35))],
            Session = caller.IsSession && random.Next(2) == 0 ? (random.Next(2) == 0 ? dice.Confined() : dice.Identity(25)) : null,
            Boundary = random.Next(6) == 0 ? dice.Identity(30) : null,
            Resource = hasPolicy && (trust || random.Next(5) > 0) ? dice.Resource(trust) : null,
            Guardrails = random.Next(3) == 0 ? [] : [.. Enumerable.Range(0, 3).Select(_ => (IReadOnlyList<JsonObject>)[.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => dice.ServiceControl())])],
        };
    }
}
