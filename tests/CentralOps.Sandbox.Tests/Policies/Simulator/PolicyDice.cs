using System.Text.Json.Nodes;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>Draws policies around a question: exact hits, near misses, and everything that inverts.</summary>
internal sealed class PolicyDice(Random random, AccessRequest request, string resourceAccount)
{
    public JsonObject Identity(int percentAllowAll) => random.Next(100) < percentAllowAll ? Document([AllowAll()]) : Document(Statements(principals: false, resources: true));

    /// <summary>As the way in makes them: what is listed, and a deny of all else.</summary>
    public JsonObject Confined()
    {
        var actions = Actions();
        var allow = Statement("Allow", principals: false, resources: false);
        allow.Remove("NotAction");
        allow["Action"] = actions;
        allow["Resource"] = "*";
        return Document([allow, new JsonObject { ["Effect"] = "Deny", ["NotAction"] = actions.DeepClone(), ["Resource"] = "*" }]);
    }

    public JsonObject Resource(bool trust) => Document(Statements(principals: true, resources: !trust));

    public JsonObject ServiceControl() => random.Next(100) switch
    {
        < 55 => Document([AllowAll()]),
        < 85 => Document([AllowAll(), Statement("Deny", principals: false, resources: true)]),
        _ => Document(Statements(principals: false, resources: true)),
    };

    private static JsonObject AllowAll() => new() { ["Effect"] = "Allow", ["Action"] = "*", ["Resource"] = "*" };

    private static JsonObject Document(JsonObject[] statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) };

    private JsonObject[] Statements(bool principals, bool resources) =>
        [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Statement(random.Next(100) < 78 ? "Allow" : "Deny", principals, resources))];

    private JsonObject Statement(string effect, bool principals, bool resources)
    {
        var statement = new JsonObject { ["Effect"] = effect };
        if (principals)
        {
            // NotPrincipal with Allow would let in the whole world; nobody writes it.
            var inverted = effect == "Deny" && random.Next(100) < 40;
            statement[inverted ? "NotPrincipal" : "Principal"] = Principals(inverted);
        }

        statement[random.Next(100) < 20 ? "NotAction" : "Action"] = Actions();
        if (resources)
        {
            statement[random.Next(100) < 15 ? "NotResource" : "Resource"] = Some(1 + random.Next(2), Resource);
        }

        if (random.Next(100) < 55 && new ConditionDice(random, request).Draw() is { Count: > 0 } conditions)
        {
            statement["Condition"] = conditions;
        }

        return statement;
    }

    private JsonNode Principals(bool inverted)
    {
        if (!inverted && random.Next(100) < 15)
        {
            return JsonValue.Create("*");
        }

        return new JsonObject { ["AWS"] = Some(1 + random.Next(inverted ? 3 : 2), Principal) };
    }

    private string Principal() => random.Next(9) switch
    {
        0 or 1 => request.Principal.Arn,
        2 or 3 => request.Principal.IamArn,
        4 => $"arn:aws:iam::{request.Principal.AccountId}:root",
        5 => request.Principal.AccountId,
        6 => request.Principal.Arn + "x",
        7 => $"arn:aws:iam::{PolicyWorld.Away}:root",
        _ => $"arn:aws:iam::{request.Principal.AccountId}:role/Readers",
    };

    private JsonArray Actions() => Some(1 + random.Next(3), Action);

    private string Action()
    {
        var (service, name) = (request.Action.Split(':')[0], request.Action.Split(':')[1]);
        return random.Next(12) switch
        {
            0 or 1 or 2 => request.Action,
            3 => service + ":*",
            4 => $"{service}:{name[..3]}*",
            5 => $"{service}:*{name[^4..]}",
            6 => $"{service}:{name[..^1]}?",
            7 => $"{service}:{name.ToLowerInvariant()}",
            8 => service + ":" + name + "Acl",
            9 => "*",
            10 => "cloudwatch:GetMetricData",
            _ => "s3:Get*",
        };
    }

    private string Resource()
    {
        var arn = request.Resource;
        if (arn == "*")
        {
            return random.Next(4) == 0 ? "arn:aws:ec2:us-east-1:111111111111:instance/*" : "*";
        }

        return random.Next(12) switch
        {
            0 or 1 => arn,
            2 or 3 => "*",
            4 => arn[..^2] + "*",
            5 => arn[..^1] + "?",
            6 => arn + "x",
            7 => arn.Replace(resourceAccount, "*", StringComparison.Ordinal),
            8 => arn.Replace(resourceAccount, "333333333333", StringComparison.Ordinal),
            9 => arn.Replace("alice", "${aws:SourceIdentity}", StringComparison.Ordinal),
            10 => arn.Replace("ops", "${aws:PrincipalTag/team}", StringComparison.Ordinal),
            _ => arn.Replace("alice", "${aws:SourceIdentity, 'alice'}", StringComparison.Ordinal),
        };
    }

    private static JsonArray Some(int count, Func<string> draw) =>
        new([.. Enumerable.Range(0, count).Select(_ => draw()).Distinct(StringComparer.Ordinal).Select(text => JsonValue.Create(text))]);
}
