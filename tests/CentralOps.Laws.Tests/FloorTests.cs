namespace CentralOps.Laws.Tests;

public sealed class FloorTests
{
    [Fact]
    public void Every_room_has_a_floor()
    {
        House.Rooms.ShouldNotBeEmpty();
        House.Rooms.Where(room => !House.Floors.ContainsKey(room)).ShouldBeEmpty();
    }

    [Fact]
    public void References_point_down_only_and_rooms_on_one_floor_never_see_each_other()
    {
        var wrong = House.Rooms.SelectMany(room => House.References(room).Where(reference => House.Floors[reference] >= House.Floors[room]).Select(reference => $"{room} -> {reference}"));
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CentralOps.Sandbox", "CentralOps.Access")]
    [InlineData("CentralOps.Functions", "CentralOps.Gateway")]
    [InlineData("CentralOps.Functions", "CentralOps.Sandbox")]
    [InlineData("CentralOps.Tools", "CentralOps.Gateway")]
    public void A_room_that_must_know_nothing_of_another_does_not(string room, string other) => House.References(room).ShouldNotContain(other);
}
