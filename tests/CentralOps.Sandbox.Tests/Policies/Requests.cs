using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies;

/// <summary>Principals and questions for tests of policies.</summary>
internal static class Requests
{
    public const string Account = "111111111111";
    public const string SessionArn = "arn:aws:sts::111111111111:assumed-role/Reader/alice";
    public const string RoleArn = "arn:aws:iam::111111111111:role/Reader";

    public static Principal Session(params IEnumerable<string> policies) => new()
    {
        Arn = SessionArn,
        IamArn = RoleArn,
        AccountId = Account,
        UserId = "AROATESTTESTTESTTESTT:alice",
        IdentityPolicies = [.. policies.Select(json => PolicyReader.Read(json, PolicyKind.Identity))],
        IssuedAt = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
    };

    public static Principal User(params IEnumerable<string> policies) => Session(policies) with
    {
        Arn = "arn:aws:iam::111111111111:user/Bob",
        IamArn = "arn:aws:iam::111111111111:user/Bob",
        UserId = "AIDATESTTESTTESTTESTT",
        UserName = "Bob",
        IssuedAt = null,
    };

    public static AccessRequest Of(string action, string resource = "*", Principal? principal = null) => new(principal ?? Session(), action, resource)
    {
        OrganizationId = "o-test",
        Now = new DateTimeOffset(2026, 11, 1, 12, 30, 0, TimeSpan.Zero),
        Region = "us-east-1",
        SourceIp = "10.1.2.3",
    };
}
