using System.Text;
using CentralOps.Gateway.Targets.McpServers;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Results taken apart and put together for another era.</summary>
public sealed class ResultMembersTests
{
    [Theory]
    [InlineData("""{"content":[],"content":[]}""")]
    [InlineData("""{"content":[],"\u0063ontent":[]}""")]
    [InlineData("""{"\u0061":1,"b":{},"\u0061":2}""")]
    [InlineData("""{"x":1,"y":[{"x":1}],"x":2}""")]
    [InlineData("""{"\ud800":1}""")]
    public void A_member_that_readers_could_take_differently_is_not_passed_on(string result) => ResultMembers.Read(Encoding.UTF8.GetBytes(result)).ShouldBeNull();

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void As_many_members_are_looked_through_as_a_message_may_have(int members, bool read)
    {
        var result = $"{{{string.Join(',', Enumerable.Range(0, members).Select(i => $"\"m{i}\":{i}"))}}}";

        (ResultMembers.Read(Encoding.UTF8.GetBytes(result)) is not null).ShouldBe(read);
    }

    [Theory]
    [InlineData("""{"resultType":"complete","a":"\u0041","content":[1.0]}""", "", """{"a":"\u0041","content":[1.0]}""")]
    [InlineData("""{"a":{"resultType":"x"},"\u0072esultType":"complete","ttlMs":5,"cacheScope":"public"}""", "\"b\":1", """{"a":{"resultType":"x"},"b":1}""")]
    [InlineData("""{"resultType":"complete"}""", "\"b\":1", """{"b":1}""")]
    [InlineData("{}", "", "{}")]
    public void What_is_dropped_goes_what_is_added_comes_last_and_all_else_keeps_its_bytes(string result, string more, string written)
    {
        var members = ResultMembers.Read(Encoding.UTF8.GetBytes(result)).ShouldNotBeNull();

        Encoding.UTF8.GetString(members.Write(ResultMember.ResultType | ResultMember.Caching, Encoding.UTF8.GetBytes(more))).ShouldBe(written);
    }
}
