using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Tests.Shaping;

public sealed class FieldSelectionTests
{
    private static readonly string[] Known = ["account_id", "InstanceId", "State", "Tags", "Placement", "Groups", "LaunchTime"];

    private const string Item = """
        {"InstanceId":"i-1","State":"running","Tags":{"env":"prod","kubernetes.io/cluster":"blue","a":{"b":1},"a.b":2},"Placement":{"Zone":"us-east-1a"},
         "Groups":[{"Id":"sg-1"},{"Id":"sg-2"},{"Name":"without"}],"LaunchTime":null}
        """;

    [Theory]
    [InlineData("InstanceId", """{"InstanceId":"i-1"}""")]
    [InlineData("State,InstanceId", """{"State":"running","InstanceId":"i-1"}""")]
    [InlineData("Tags.env,Placement.Zone", """{"Tags.env":"prod","Placement.Zone":"us-east-1a"}""")]
    [InlineData("tags.env", """{"tags.env":"prod"}""")]
    [InlineData("Tags.kubernetes.io/cluster", """{"Tags.kubernetes.io/cluster":"blue"}""")]
    [InlineData("Tags.a.b", """{"Tags.a.b":2}""")]
    [InlineData("Tags.none,LaunchTime,State.deeper", """{"Tags.none":null,"LaunchTime":null,"State.deeper":null}""")]
    [InlineData("Groups.Id", """{"Groups.Id":["sg-1","sg-2"]}""")]
    [InlineData("State,State", """{"State":"running"}""")]
    public void Fields_are_answered_in_the_order_asked_and_null_where_there_is_nothing(string asked, string answered)
    {
        var (selection, problem) = Shaped.Reading(reader => FieldSelection.Read("fields", asked.Split(','), Known, reader));
        problem.ShouldBeNull();
        Shaped.Written(json => selection!.Write(Shaped.Json(Item), json)).ShouldBe(answered);
    }

    [Theory]
    [InlineData("InstanceID2", "Did you mean InstanceId?")]
    [InlineData("Tag.env", "Did you mean Tags?")]
    [InlineData("Zebra", "There are account_id, InstanceId, State")]
    [InlineData(".env", "begins or ends with a dot")]
    [InlineData("", "is empty")]
    [InlineData("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q", "more than 16 names")]
    public void An_unknown_name_is_told_with_what_may_have_been_meant(string asked, string told)
    {
        var (selection, problem) = Shaped.Reading(reader => FieldSelection.Read("fields", [asked], Known, reader));
        selection.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldStartWith("fields ");
        problem.ShouldContain(told);
    }

    [Fact]
    public void A_name_that_acts_on_a_terminal_is_told_without_acting()
    {
        var (_, problem) = Shaped.Reading(reader => FieldSelection.Read("fields", ["\u202eetatS\u001b[2J"], Known, reader));
        problem.ShouldNotBeNull().ShouldNotContain('\u202e');
        problem.ShouldNotContain('\u001b');
    }
}
