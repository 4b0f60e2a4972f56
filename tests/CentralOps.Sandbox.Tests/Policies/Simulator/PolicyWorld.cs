using System.Collections.Frozen;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies.Simulator;

/// <summary>The callers, resources and request contexts that cases are drawn from.</summary>
internal static class PolicyWorld
{
    public const string Home = "111111111111";
    public const string Away = "222222222222";

    private const string Path = "o-test/r-ab/ou-ab-prod/";

    /// <summary>What goes into the simulator's context; a key that the request lacks stays out.</summary>
    public static IReadOnlyList<string> ContextKeys { get; } =
    [
        "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalType", "aws:PrincipalTag/team", "aws:PrincipalTag/level",
        "aws:userid", "aws:username", "aws:SourceIdentity", "aws:TokenIssueTime", "aws:CurrentTime", "aws:EpochTime", "aws:RequestedRegion", "aws:ResourceAccount",
        "aws:SourceIp", "aws:SecureTransport", "aws:MultiFactorAuthPresent", "aws:UserAgent", "aws:ViaAWSService",
        "sts:ExternalId", "sts:RoleSessionName", "sts:SourceIdentity", "sts:TransitiveTagKeys", "aws:RequestTag/team", "aws:TagKeys", "s3:prefix", "s3:max-keys",
    ];

    /// <summary>An action, the resource it is for, and whether such a resource can have a policy.</summary>
    public static IReadOnlyList<(string Action, string Resource, bool HasPolicy)> Targets { get; } =
    [
        ("s3:GetObject", "arn:aws:s3:::reports/2026/alice/q1.json", true),
        ("s3:ListBucket", "arn:aws:s3:::reports", true),
        ("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:ACCOUNT:function:central-ops-ec2", true),
        ("ec2:DescribeInstances", "*", false),
        ("s3:ListAllMyBuckets", "*", false),
        ("iam:GetRole", "arn:aws:iam::ACCOUNT:role/Target", false),
        ("sts:AssumeRole", "arn:aws:iam::ACCOUNT:role/Target", true),
        ("sts:AssumeRole", "arn:aws:iam::ACCOUNT:role/Target", true),
        ("sts:AssumeRole", "arn:aws:iam::ACCOUNT:role/Target", true),
        ("sts:TagSession", "arn:aws:iam::ACCOUNT:role/Target", true),
        ("sts:SetSourceIdentity", "arn:aws:iam::ACCOUNT:role/Target", true),
    ];

    public static AccessRequest Draw(Random random, Principal caller, string action, string resource)
    {
        var request = new AccessRequest(caller, action, resource)
        {
            OrganizationId = "o-test",
            OrganizationPath = Path,
            Region = random.Next(2) == 0 ? "us-east-1" : "eu-west-1",
            Now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
            SourceIp = random.Next(3) switch { 0 => "10.1.2.3", 1 => "203.0.113.7", _ => "2001:db8::7" },
            UserAgent = random.Next(2) == 0 ? "aws-cli/2.9.19" : null,
        };
        return action switch
        {
            "sts:AssumeRole" => request with
            {
                ExternalId = Maybe(random, "right", "wrong"),
                RoleSessionName = "alice",
                RequestedSourceIdentity = Maybe(random, "alice", "mallory"),
                RequestTags = Tags(random),
                TransitiveTagKeys = random.Next(2) == 0 ? ["team"] : [],
            },
            "sts:TagSession" => request with { RequestTags = Tags(random), TransitiveTagKeys = random.Next(2) == 0 ? ["team"] : [] },
            "sts:SetSourceIdentity" => request with { RequestedSourceIdentity = "alice" },
            "s3:ListBucket" => request with
            {
                ServiceKeys = new Dictionary<string, string> { ["s3:prefix"] = random.Next(2) == 0 ? "2026/alice/" : "2026/", ["s3:max-keys"] = "100" }
                    .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            },
            _ => request,
        };
    }

    public static Principal Caller(Random random)
    {
        var tags = (random.Next(2) == 0 ? new Dictionary<string, string> { ["team"] = "ops", ["level"] = "7" } : []).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        return random.Next(4) == 0
            ? Requests.User() with { Tags = tags }
            : Requests.Session() with { Tags = tags, SourceIdentity = Maybe(random, "alice", "mallory") };
    }

    private static FrozenDictionary<string, string> Tags(Random random) => (random.Next(4) switch
    {
        0 => [],
        1 => new Dictionary<string, string> { ["team"] = "ops" },
        2 => new Dictionary<string, string> { ["team"] = "dev", ["cost"] = "1" },
        _ => new Dictionary<string, string> { ["cost"] = "1" },
    }).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static string? Maybe(Random random, string one, string other) => random.Next(3) switch { 0 => null, 1 => one, _ => other };
}
