using CentralOps.Access.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Access.Tests.Rules;

/// <summary>Whatever rules, callers, tools and accounts there are: everything that is asked of the rules says the same.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void A_tool_that_is_not_there_can_be_used_nowhere_and_call_grant_and_decision_agree() => Prop.ForAll(
        (from rules in Gen.ListOf(RuleGen.Rules).Resize(6)
         from caller in RuleGen.Callers
         from tool in RuleGen.Tools
         from accounts in Gen.ListOf(RuleGen.Accounts).Resize(12)
         select (Rules: AccessRules.Of([.. rules]), caller, tool, accounts)).ToArbitrary(),
        given =>
        {
            var grant = given.Rules.AccountsOf(given.caller, given.tool);
            var callable = given.accounts.Where(account => given.Rules.Permits(given.caller, given.tool, account)).ToList();
            return callable.SequenceEqual(given.accounts.Where(grant.Admits))
                && callable.SequenceEqual(given.accounts.Where(account => grant.Judge(account) is { IsPermitted: true, By.Effect: RuleEffect.Allow }))
                && (callable.Count == 0 || given.Rules.MaySeeTool(given.caller, given.tool))
                && grant.IsPossible == given.Rules.MaySeeTool(given.caller, given.tool);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Knowing_less_of_an_account_or_of_a_tool_never_permits_more() => Prop.ForAll(
        (from rules in Gen.ListOf(RuleGen.Rules).Resize(6)
         from caller in RuleGen.Callers
         from tool in RuleGen.Tools
         from account in RuleGen.Accounts
         select (Rules: AccessRules.Of([.. rules]), caller, tool, account)).ToArbitrary(),
        given =>
        {
            var permitted = given.Rules.Permits(given.caller, given.tool, given.account);
            var own = given.tool[(given.tool.IndexOf("___", StringComparison.Ordinal) + 3)..];
            return permitted
                || (!given.Rules.Permits(given.caller, given.tool, given.account with { UnitPath = null })
                    && !given.Rules.Permits(given.caller, given.tool, given.account with { TagValues = null })
                    && !given.Rules.Permits(given.caller, own, given.account));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_further_deny_never_permits_more_and_a_further_allow_never_less() => Prop.ForAll(
        (from rules in Gen.ListOf(RuleGen.Rules).Resize(5)
         from further in RuleGen.Rules
         from caller in RuleGen.Callers
         from tool in RuleGen.Tools
         from account in RuleGen.Accounts
         select (rules, further, caller, tool, account)).ToArbitrary(),
        given =>
        {
            var before = AccessRules.Of([.. given.rules]).Permits(given.caller, given.tool, given.account);
            var after = AccessRules.Of([.. given.rules, given.further]).Permits(given.caller, given.tool, given.account);
            return given.further.Effect == RuleEffect.Deny ? before || !after : after || !before;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Callers_of_one_key_see_the_same() => Prop.ForAll(
        (from rules in Gen.ListOf(RuleGen.Rules).Resize(6)
         from one in RuleGen.Callers
         from other in RuleGen.Callers
         from tool in RuleGen.Tools
         select (Rules: AccessRules.Of([.. rules]), one, other, tool)).ToArbitrary(),
        given => given.Rules.KeyOf(given.one) != given.Rules.KeyOf(given.other)
            || (given.Rules.MaySeeTool(given.one, given.tool) == given.Rules.MaySeeTool(given.other, given.tool)
                && given.Rules.MaySeeTarget(given.one, "ec2") == given.Rules.MaySeeTarget(given.other, "ec2"))).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
