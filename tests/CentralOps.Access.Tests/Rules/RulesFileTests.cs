using CentralOps.Access.Rules.Files;

namespace CentralOps.Access.Tests.Rules;

public sealed class RulesFileTests
{
    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_line_field_problem_and_repair()
    {
        const string Text = """
            rules:
              - name: one
                who: {grups: [sre]}
                tools: [describe*]
                accounts: "ou:"
              - effect: forbid
                who: nobody
                tools: []
                acounts: all
            extra: 1
            """;
        var problems = Should.Throw<RulesFileException>(() => RulesFile.Parse(Text, "access.yaml")).Problems;
        problems.ShouldBe(
        [
            "access.yaml:3: rule 'one', who: there is no field 'grups'. The fields are groups, principals and claims.",
            "access.yaml:3: rule 'one': 'who' names nobody. Write it as in 'who: {groups: [sre]}', 'who: everyone' or 'who: local'.",
            "access.yaml:4: rule 'one': the tool 'describe*' has a star in the middle of a word; write describe_* for names that go on behind an underscore. Tools are named as tools/list shows them, with or without the target's name in front.",
            "access.yaml:5: rule 'one': 'accounts' names no organizational unit; write it as in ou:Workloads/Prod. An account selector is an id, a name, ou:Path/To, tag:key=value or all, each excluded by a '!' before it.",
            "access.yaml:6: rule 'rule 1': the effect 'forbid' is neither allow nor deny. Write 'effect: deny', or leave it out to allow.",
            "access.yaml:6: rule 'rule 1': 'tools' names none. Write it as in 'tools: [describe_*]', or 'tools: \"*\"' for all.",
            "access.yaml:6: rule 'rule 1': 'accounts' names none. Write it as in 'accounts: ou:Workloads/Prod', or 'accounts: all'.",
            "access.yaml:7: rule 'rule 1': 'who' is none of a mapping, everyone and local. Write it as in 'who: {groups: [sre]}', 'who: everyone' or 'who: local'.",
            "access.yaml:8: rule 'rule 1': 'tools' is neither a text nor a list of texts, or one is empty. Write it as in 'tools: [describe_*]'.",
            "access.yaml:9: rule 'rule 1': there is no field 'acounts'. The fields are name, effect, who, tools and accounts.",
            "access.yaml:10: the file: there is no field 'extra'. The fields are 'rules' alone.",
        ],
        ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("[]", "The file is not a mapping")]
    [InlineData("rules: {a: b}", "'rules' is not a list")]
    [InlineData("rules: [a]", "A rule is not a mapping")]
    [InlineData("rules: []\nrules: []", "'rules' stands here twice")]
    [InlineData("rules: []\n---\nrules: []", "A second document begins")]
    [InlineData("rules: [", "This is not YAML")]
    [InlineData("rules: [{who: everyone, tools: *, accounts: all}]", "This is not YAML")]
    [InlineData("rules:\n  - who: &a everyone\n    tools: x\n    accounts: all", "access.yaml:2: Anchors and aliases")]
    [InlineData("a: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]", "Anchors and aliases")]
    [InlineData("rules: [[[[[[[[[[1]]]]]]]]]]", "nested more than")]
    [InlineData("rules: [{who: {claims: {scope: read}}, tools: '*', accounts: all}]", "scopes are demanded by the gateway's authorizer")]
    [InlineData("rules: [{who: {principals: ['arn:aws:iam::*:role/Admin']}, tools: '*', accounts: all}]", "A star stands for the session of an assumed role only")]
    [InlineData("rules: [{name: a, who: local, tools: x, accounts: all}, {name: a, who: local, tools: x, accounts: all}]", "another rule has that name")]
    public void A_file_that_is_none_says_why(string text, string words) =>
        Should.Throw<RulesFileException>(() => RulesFile.Parse(text, "access.yaml")).Message.ShouldContain(words);

    [Fact]
    public void What_a_file_says_cannot_act_in_the_message()
    {
        var message = Should.Throw<RulesFileException>(() => RulesFile.Parse("\"ru\\u202eles\\e[31m\": []\nrules: []", "access.yaml")).Message;
        message.ShouldNotContain("\u202e");
        message.ShouldNotContain("\u001b");
        message.ShouldContain("ru?les?[31m");
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read_on()
    {
        Should.Throw<RulesFileException>(() => RulesFile.Parse("rules: [" + new string(' ', 1024 * 1024) + "]", "access.yaml")).Message.ShouldContain("1048576 are read");
        Should.Throw<RulesFileException>(() => RulesFile.Parse("rules: [" + string.Join(',', Enumerable.Repeat("1", 60_000)) + "]", "access.yaml")).Message.ShouldContain("more than 50000 values");
    }

    [Fact]
    public void A_file_that_is_not_there_permits_nobody_and_says_so() =>
        Should.Throw<RulesFileException>(() => RulesFile.Read("/nonexistent/access.yaml")).Message.ShouldContain("there is no such file. Nobody may do anything until they can.");

    [Fact]
    public void A_rule_keeps_its_name_and_its_line()
    {
        var rule = RulesFile.Parse("rules:\n  - name: sre\n    who: {groups: sre}\n    tools: describe_*\n    accounts: [ou:Workloads/Prod, '!tag:pci=yes']\n", "access.yaml").Rules.ShouldHaveSingleItem();
        (rule.Name, rule.Line).ShouldBe(("sre", 2));
        rule.Accounts.ToString().ShouldBe("ou:Workloads/Prod, !tag:pci=yes");
    }
}
