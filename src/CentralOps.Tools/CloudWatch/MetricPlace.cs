using System.Globalization;

namespace CentralOps.Tools.CloudWatch;

/// <summary>Where an answer of metrics goes on: the span of time as it was when it began, the batch of queries, and CloudWatch's token in it.</summary>
internal sealed record MetricPlace(DateTimeOffset Start, DateTimeOffset End, int Batch, string? Token)
{
    private const char Separator = '/';

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Start.ToUnixTimeSeconds()}{Separator}{End.ToUnixTimeSeconds()}{Separator}{Batch}{Separator}{Token}");

    public static MetricPlace? Read(string text) =>
        text.Split(Separator, 4) is [var start, var end, var batch, var token]
        && TryRead(start, out var from) && TryRead(end, out var to)
        && int.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new MetricPlace(from, to, number, token.Length == 0 ? null : token)
            : null;

    private static bool TryRead(string text, out DateTimeOffset time)
    {
        var fits = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        time = fits ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return fits;
    }
}
