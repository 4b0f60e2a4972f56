using System.CommandLine;
using System.Globalization;

namespace CentralOps.Cli.Terminal;

/// <summary>A length of time as people write it: <c>200ms</c>, <c>20s</c>, <c>1.5m</c>, <c>2h</c>.</summary>
internal static class Duration
{
    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "200ms|20s|5m|1h",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (TryParse(text, out var duration))
            {
                return duration;
            }

            result.AddError($"{name}: '{text}' is not a length of time; give a number and a unit such as 200ms, 20s, 5m or 1h.");
            return null;
        },
    };

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var number = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz");
        var milliseconds = text[number.Length..] switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => 0,
        };
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (milliseconds == 0 || !double.TryParse(number, Style, CultureInfo.InvariantCulture, out var count) || Math.Abs(count * milliseconds) > 1e12)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(count * milliseconds);
        return true;
    }

    public static string Words(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 1 => $"{duration.TotalMilliseconds:0} ms",
        < 120 => $"{duration.TotalSeconds:0.#} s",
        < 7200 => $"{duration.TotalMinutes:0.#} min",
        _ => $"{duration.TotalHours:0.#} h",
    };
}
