using System.CommandLine;

namespace CentralOps.Cli.Terminal;

/// <summary>An option that takes one of an enum's names, in any case. Numbers and lists, which <see cref="Enum"/> itself would read, are none.</summary>
internal static class Choice
{
    /// <param name="usual">The default; it has to be the enum's zero, which an absent option has.</param>
    public static Option<T> Option<T>(string name, T usual, string description, params string[] aliases)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(value => value.ToLowerInvariant()).ToList();
        return new Option<T>(name, aliases)
        {
            Description = $"{description} [default: {usual.ToString().ToLowerInvariant()}]",
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                var index = names.FindIndex(value => string.Equals(value, text, StringComparison.OrdinalIgnoreCase));
                if (index >= 0)
                {
                    return Enum.GetValues<T>()[index];
                }

                result.AddError($"{name}: '{text}' is not one of {string.Join(", ", names)}.");
                return usual;
            },
        };
    }
}
