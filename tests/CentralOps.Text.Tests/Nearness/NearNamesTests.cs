using CentralOps.Text.Nearness;
using FsCheck.Fluent;

namespace CentralOps.Text.Tests.Nearness;

public sealed class NearNamesTests
{
    private static readonly string[] Known = ["account_id", "instance_ids", "filters", "max_results", "next_token", "region"];

    [Theory]
    [InlineData("acount_id", "account_id")]
    [InlineData("AccountId", "account_id")]
    [InlineData("isntance_ids", "instance_ids")]
    [InlineData("reg", "region")]
    [InlineData("filter", "filters")]
    [InlineData("nothing_like_it", "")]
    [InlineData("", "")]
    public void The_name_that_was_meant_is_found(string name, string expected) => string.Join(' ', NearNames.Of(name, Known, 1)).ShouldBe(expected);

    [Fact]
    public void The_nearest_comes_first_and_no_more_than_asked_for() => NearNames.Of("name", ["names", "fame", "name1", "nmae"], 3).ShouldBe(["fame", "name1", "names"]);

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("instance", "isntnace", 2)]
    [InlineData("", "ab", 2)]
    public void Swapped_neighbours_are_one_mistake(string left, string right, int distance)
    {
        EditDistance.Within(left, right, 5).ShouldBe(distance);
        EditDistance.Within(right, left, 5).ShouldBe(distance);
    }

    [Fact]
    public void The_bounded_distance_is_the_plain_one_up_to_its_bound() =>
        Prop.ForAll(Word.ToArbitrary(), Word.ToArbitrary(), Gen.Choose(0, 4).ToArbitrary(), (left, right, most) =>
            EditDistance.Within(left, right, most) == Math.Min(Plain(left, right), most + 1)).Hold();

    [Fact]
    public void Words_without_end_are_never_near() => EditDistance.Within(new string('a', 1000), new string('a', 1001), 2).ShouldBe(3);

    private static FsCheck.Gen<string> Word => Gen.Elements('a', 'b', 'c').ArrayOf().Select(letters => new string(letters, 0, Math.Min(letters.Length, 9)));

    // The definition, with the whole table.
    private static int Plain(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }
}
