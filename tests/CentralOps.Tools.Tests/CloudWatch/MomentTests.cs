using CentralOps.Tools.CloudWatch;

namespace CentralOps.Tools.Tests.CloudWatch;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-11-22T12:00:00Z")]
    [InlineData("-90s", "2026-11-22T11:58:30Z")]
    [InlineData("-30m", "2026-11-22T11:30:00Z")]
    [InlineData("-3h", "2026-11-22T09:00:00Z")]
    [InlineData("-7d", "2026-11-15T12:00:00Z")]
    [InlineData("-2w", "2026-11-08T12:00:00Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00Z")]
    [InlineData("2026-11-22T08:30", "2026-11-22T08:30:00Z")]
    [InlineData("2026-11-22T08:30:15", "2026-11-22T08:30:15Z")]
    [InlineData("2026-11-22T08:30:15.750Z", "2026-11-22T08:30:15Z")]
    [InlineData("2026-11-22T08:30:15+02:00", "2026-11-22T06:30:15Z")]
    public void Times_are_read_as_people_write_them(string text, string expected)
    {
        Moment.TryParse(text, out var moment).ShouldBeTrue();
        MetricTime.Text(moment.From(Now)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3h")]
    [InlineData("-h")]
    [InlineData("-3")]
    [InlineData("-3y")]
    [InlineData("--3h")]
    [InlineData("-99999999999999999999h")]
    [InlineData("-500d")]
    [InlineData("yesterday")]
    [InlineData("22.11.2026")]
    [InlineData("2026-13-40")]
    public void What_is_no_time_is_refused(string text) => Moment.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(3, 0, 60)]
    [InlineData(6, 0, 60)]
    [InlineData(24, 0, 300)]
    [InlineData(24 * 7, 0, 3600)]
    [InlineData(24 * 30, 0, 6 * 3600)]
    [InlineData(24 * 455, 0, 86400)]
    [InlineData(1, 24 * 20, 300)]
    [InlineData(1, 24 * 100, 3600)]
    public void A_period_suits_the_span_and_what_CloudWatch_still_keeps(int hours, int agoHours, int expected)
    {
        var end = Now.AddHours(-agoHours);
        MetricPeriod.For(end.AddHours(-hours), end, Now).ShouldBe(expected);
    }
}
