using CentralOps.Access.Callers;
using CentralOps.Access.Rules;

namespace CentralOps.Access.Tests.Rules;

public sealed class AccessRulesTests
{
    private static readonly Caller Alice = new("alice", CallerKind.Jwt) { Issuer = "https://login.example.com" };

    [Fact]
    public void Where_an_identity_is_required_whoever_has_none_is_refused()
    {
        foreach (var nobody in new[] { Caller.Anonymous, Caller.Local, Caller.Unidentified, new Caller("arn:aws:iam::111111111111:user/x", CallerKind.Anonymous) })
        {
            AccessRules.RequireIdentity.Permits(nobody, "tool", "222222222222").ShouldBeFalse(nobody.Principal);
        }

        AccessRules.RequireIdentity.Permits(Alice, "tool", "222222222222").ShouldBeTrue();
    }

    [Fact]
    public void A_person_is_the_same_with_other_groups_and_another_person_with_another_issuer()
    {
        var only = AccessRules.Only(Alice);
        only.Permits(Alice with { Groups = ["a"], Scopes = ["b"], ClientId = "c" }, "tool", "222222222222").ShouldBeTrue();
        only.Permits(Alice with { Issuer = "https://elsewhere.example" }, "tool", "222222222222").ShouldBeFalse();
        only.Permits(Alice with { Kind = CallerKind.Iam }, "tool", "222222222222").ShouldBeFalse();
        AccessRules.LocalOnly.Permits(new("local", CallerKind.Jwt), "tool", "222222222222").ShouldBeFalse();
        AccessRules.LocalOnly.Permits(Caller.Local, "tool", "222222222222").ShouldBeTrue();
    }

    [Fact]
    public void Equal_callers_have_equal_hashes() => (Alice with { Groups = ["a"] }).GetHashCode().ShouldBe(Alice.GetHashCode());
}
