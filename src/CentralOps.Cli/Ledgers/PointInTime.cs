using System.CommandLine;
using System.Globalization;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Ledgers;

/// <summary>An option that is a time, or how long ago it is.</summary>
internal static class PointInTime
{
    public static Option<DateTimeOffset?> Option(string name, string description) => new(name)
    {
        Description = $"{description}: a time such as 2026-11-22T12:00:00Z, or a length such as 10m (ago).",
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Duration.TryParse(text, out var ago))
            {
                return TimeProvider.System.GetUtcNow() - ago;
            }

            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name}: '{text}' is neither a time such as 2026-11-22T12:00:00Z nor a length of time such as 10m.");
            return null;
        },
    };
}
