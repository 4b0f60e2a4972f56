using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Rules.Files;

namespace CentralOps.Access.Tests.Rules;

public sealed class AccessRulesTests
{
    private const string Tool = "ec2___describe_ec2_instances";

    private static readonly Caller Ada = new("ada", CallerKind.Jwt) { Issuer = "https://login.example.com", Groups = ["sre"], ClientId = "agent-7" };

    [Fact]
    public void What_nothing_allows_is_denied()
    {
        Rules("rules: []").Permits(Ada, Tool, TestAccount.Production).ShouldBeFalse();
        Rules("rules: []").MaySeeTool(Ada, Tool).ShouldBeFalse();
    }

    [Fact]
    public void A_deny_beats_every_allow_in_whatever_order_they_stand()
    {
        const string Allow = "{who: everyone, tools: '*', accounts: all}";
        const string Deny = "{name: no, effect: deny, who: {groups: [sre]}, tools: 'ec2___*', accounts: 'ou:Workloads'}";
        foreach (var text in new[] { $"rules: [{Allow}, {Deny}]", $"rules: [{Deny}, {Allow}]" })
        {
            var rules = Rules(text);
            var decision = rules.AccountsOf(Ada, Tool).Judge(TestAccount.Production);
            decision.IsPermitted.ShouldBeFalse();
            decision.By!.Name.ShouldBe("no");
            rules.Permits(Ada, "iam___list_roles", TestAccount.Production).ShouldBeTrue();
            rules.Permits(Ada with { Groups = [] }, Tool, TestAccount.Production).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("groups: [sre]", true)]
    [InlineData("groups: [SRE]", false)]
    [InlineData("groups: [dev, sre]", true)]
    [InlineData("groups: [sre], principals: [bob]", false)]
    [InlineData("principals: [ada]", true)]
    [InlineData("principals: [Ada]", false)]
    [InlineData("claims: {iss: 'https://login.example.com'}, groups: [sre]", true)]
    [InlineData("claims: {iss: 'https://other.example.com'}, groups: [sre]", false)]
    [InlineData("claims: {client_id: [agent-6, agent-7]}", true)]
    [InlineData("claims: {client_id: agent}", false)]
    public void A_rule_means_callers_by_group_principal_and_claim(string who, bool isMeant) =>
        Rules($"rules: [{{who: {{{who}}}, tools: '*', accounts: all}}]").Permits(Ada, Tool, TestAccount.Production).ShouldBe(isMeant);

    [Fact]
    public void A_subject_that_reads_like_a_role_is_not_the_role()
    {
        const string Role = "arn:aws:sts::111111111111:assumed-role/Agents/ada";
        foreach (var principal in new[] { Role, "arn:aws:sts::111111111111:assumed-role/Agents/*" })
        {
            var rules = Rules($"rules: [{{who: {{principals: ['{principal}']}}, tools: '*', accounts: all}}]");
            rules.Permits(new Caller(Role, CallerKind.Iam), Tool, TestAccount.Production).ShouldBeTrue();
            rules.Permits(new Caller(Role, CallerKind.Jwt), Tool, TestAccount.Production).ShouldBeFalse();
            rules.Permits(new Caller(Role, CallerKind.Anonymous), Tool, TestAccount.Production).ShouldBeFalse();
            rules.Permits(new Caller("arn:aws:sts::111111111111:assumed-role/AgentsToo/ada", CallerKind.Iam), Tool, TestAccount.Production).ShouldBeFalse();
            rules.Permits(new Caller("arn:aws:sts::111111111111:assumed-role/Agents/ada/x", CallerKind.Iam), Tool, TestAccount.Production).ShouldBeFalse();
        }
    }

    [Fact]
    public void Groups_that_did_not_travel_are_not_granted_by_and_are_withheld_by()
    {
        var cut = Ada with { Groups = [], ClientId = null, HasMoreGroups = true };
        Rules("rules: [{who: {groups: [sre]}, tools: '*', accounts: all}]").Permits(cut, Tool, TestAccount.Production).ShouldBeFalse();
        var rules = Rules("rules: [{who: everyone, tools: '*', accounts: all}, {effect: deny, name: d, who: {groups: [contractors]}, tools: '*', accounts: 'ou:Workloads'}]");
        rules.Permits(cut, Tool, TestAccount.Production).ShouldBeFalse();
        rules.Permits(Ada, Tool, TestAccount.Production).ShouldBeTrue();
        Rules("rules: [{who: everyone, tools: '*', accounts: all}, {effect: deny, name: d, who: {claims: {client_id: x}}, tools: '*', accounts: 'ou:Workloads'}]")
            .Permits(cut, Tool, TestAccount.Production).ShouldBeFalse();
    }

    [Fact]
    public void What_is_not_known_of_an_account_is_held_against_the_caller()
    {
        Permits("accounts: 'ou:Workloads'", TestAccount.Unknown).ShouldBeFalse();
        Permits("accounts: 'all,!ou:Security'", TestAccount.Unknown).ShouldBeFalse();
        Permits("accounts: 'all,!tag:pci=yes'", TestAccount.Unknown).ShouldBeFalse();
        Permits("accounts: 'all,!tag:pci=yes'", TestAccount.Production).ShouldBeTrue();
        Rules("rules: [{who: everyone, tools: '*', accounts: all}, {effect: deny, name: d, who: everyone, tools: '*', accounts: 'tag:pci=yes'}]")
            .Permits(Ada, Tool, TestAccount.Unknown).ShouldBeFalse();
        Rules("rules: [{who: everyone, tools: '*', accounts: all}, {effect: deny, name: d, who: everyone, tools: '*', accounts: 'all,!ou:Workloads'}]")
            .Permits(Ada, Tool, TestAccount.Unknown).ShouldBeFalse();

        static bool Permits(string accounts, TestAccount account) => Rules($"rules: [{{who: everyone, tools: '*', {accounts}}}]").Permits(Ada, Tool, account);
    }

    [Fact]
    public void Everyone_is_whoever_is_identified_and_the_local_owner_and_nobody_else()
    {
        var rules = Rules("rules: [{who: everyone, tools: '*', accounts: all}]");
        rules.Permits(Caller.Local, Tool, TestAccount.Production).ShouldBeTrue();
        rules.Permits(Caller.Anonymous, Tool, TestAccount.Production).ShouldBeTrue();
        rules.Permits(Caller.Unidentified, Tool, TestAccount.Production).ShouldBeFalse();
        var local = Rules("rules: [{who: local, tools: '*', accounts: all}]");
        local.Permits(new Caller("ada", CallerKind.LocalToken), Tool, TestAccount.Production).ShouldBeTrue();
        local.Permits(Ada, Tool, TestAccount.Production).ShouldBeFalse();
        local.Permits(Caller.Unidentified, Tool, TestAccount.Production).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_file_the_local_owner_may_do_everything_and_nobody_else_anything()
    {
        AccessRules.LocalOnly.Permits(Caller.Local, Tool, TestAccount.Unknown).ShouldBeTrue();
        AccessRules.LocalOnly.MaySeeTool(Ada, Tool).ShouldBeFalse();
        AccessRules.LocalOnly.MaySeeTarget(Ada, "ec2").ShouldBeFalse();
    }

    [Theory]
    [InlineData("*", "x___y", true)]
    [InlineData("ec2___*", "ec2___a", true)]
    [InlineData("ec2___*", "ec2-admin___a", false)]
    [InlineData("ec2___*", "a", false)]
    [InlineData("describe_*", "ec2___describe_a", true)]
    [InlineData("describe_*", "ec2___describes", false)]
    [InlineData("ec2___describe_*", "ec2___describe_a", true)]
    [InlineData("ec2___describe_*", "rds___describe_a", false)]
    [InlineData("list_accounts", "accounts___list_accounts", true)]
    [InlineData("list_accounts", "list_accounts_all", false)]
    public void A_pattern_means_whole_segments(string pattern, string tool, bool isMeant)
    {
        ToolPattern.TryParse(pattern, out var parsed, out var problem).ShouldBeTrue(problem);
        parsed!.Means(tool, withholding: false).ShouldBe(isMeant);
    }

    [Fact]
    public void A_target_that_is_not_known_does_not_save_a_tool_from_a_deny()
    {
        ToolPattern.TryParse("ec2___*", out var pattern, out _).ShouldBeTrue();
        pattern!.Means("describe_ec2_instances", withholding: true).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("*a")]
    [InlineData("a*")]
    [InlineData("a*b")]
    [InlineData("___a")]
    [InlineData("a___")]
    [InlineData("a b")]
    [InlineData("describe_**")]
    public void What_is_no_pattern_is_refused(string pattern)
    {
        ToolPattern.TryParse(pattern, out _, out var problem).ShouldBeFalse();
        problem.ShouldNotBeEmpty();
    }

    private static AccessRules Rules(string text) => RulesFile.Parse(text, "access.yaml");
}
