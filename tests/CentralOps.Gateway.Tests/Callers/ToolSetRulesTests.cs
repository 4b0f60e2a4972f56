using CentralOps.Access.Callers;
using CentralOps.Gateway.Callers;

namespace CentralOps.Gateway.Tests.Callers;

public sealed class ToolSetRulesTests
{
    private const string Arn = "arn:aws:iam::111111111111:role/Operator";

    private static readonly ToolSetRules Rules = new([
        new("all", ["*"], ["a___x"]),
        new("operators", [Arn, "alice"], ["ec2___*"]),
        new("engineers", ["group:sre", "group:*"], ["rds___y", "s3___*"]),
    ]);

    [Fact]
    public void A_caller_has_the_sets_that_name_him_or_one_of_his_groups()
    {
        Sets(new(Arn, CallerKind.Iam)).ShouldBe("all operators");
        Sets(new("alice", CallerKind.Jwt)).ShouldBe("all operators");
        Sets(new("bob", CallerKind.Jwt) { Groups = ["x", "sre"] }).ShouldBe("all engineers");
        Sets(new("bob", CallerKind.Jwt) { Groups = ["*"] }).ShouldBe("all engineers");
        Sets(new("bob", CallerKind.Jwt) { Groups = ["SRE", "group:sre"] }).ShouldBe("all");
    }

    [Theory]
    [InlineData(Arn)]
    [InlineData("group:sre")]
    [InlineData("group:*")]
    public void A_provider_that_lets_people_choose_their_subject_makes_nobody_an_ARN_or_a_group(string subject) =>
        Sets(new(subject, CallerKind.Jwt)).ShouldBe("all");

    [Fact]
    public void A_subject_that_is_a_star_is_not_everybody() =>
        new ToolSetRules([new("nobody", ["**"], ["*"]), new("group", ["group:*"], ["*"])]).SetsOf(new("*", CallerKind.Jwt)).ShouldBeEmpty();

    [Fact]
    public void Without_sets_everybody_sees_all_and_with_sets_who_is_not_named_sees_nothing()
    {
        new ToolSetRules([]).PatternsOf(Caller.Anonymous).ShouldBe(["*"]);
        new ToolSetRules([new("one", ["alice"], ["*"])]).PatternsOf(new("bob", CallerKind.Jwt)).ShouldBeEmpty();
    }

    /// <summary>For sets and callers at random: more groups never take a set away, order and repetition change nothing, and the sets are those whose list names the caller.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public void Whatever_the_sets_they_add_up(int seed)
    {
        var random = new Random(seed);
        string[] names = ["alice", "bob", "group:a", "group:b", "group:c", "*", Arn];
        for (var i = 0; i < 2000; i++)
        {
            var sets = Enumerable.Range(0, random.Next(6)).Select(n => new ToolSet($"s{n}", [.. names.Where(_ => random.Next(3) == 0)], [$"t{n}___*"])).ToArray();
            var rules = new ToolSetRules(sets);
            var groups = new[] { "a", "b", "c" }.Where(_ => random.Next(2) == 0).ToArray();
            var caller = new Caller(random.Next(2) == 0 ? "alice" : "carol", CallerKind.Jwt) { Groups = groups };

            var expected = sets.Where(set => set.Callers.Any(name => name == "*" || name == caller.Principal || groups.Any(group => name == $"group:{group}"))).Select(set => set.Name).ToArray();
            rules.SetsOf(caller).Select(set => set.Name).ShouldBe(expected);
            rules.SetsOf(caller with { Groups = [.. groups.Reverse(), .. groups] }).Select(set => set.Name).ShouldBe(expected);
            expected.ShouldBeSubsetOf(rules.SetsOf(caller with { Groups = ["a", "b", "c"] }).Select(set => set.Name));
        }
    }

    private static string Sets(Caller caller) => string.Join(' ', Rules.SetsOf(caller).Select(set => set.Name));
}
