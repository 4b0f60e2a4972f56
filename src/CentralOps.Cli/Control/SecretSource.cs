using System.CommandLine;
using System.Text;

namespace CentralOps.Cli.Control;

/// <summary>Where a secret comes from. Never the command line itself: process lists and the shell's history show that.</summary>
internal static class SecretSource
{
    private const string File = "file:";
    private const string Variable = "env:";

    public static Option<string?> Option(string name, string what) =>
        new(name)
        {
            Description = $"Where {what} is read from; it is never an argument itself.",
            HelpName = "stdin|file:PATH|env:NAME",
            Validators =
            {
                result =>
                {
                    if (result.Tokens is [{ Value: var text }] && text is not "stdin" && !HasRest(text, File) && !HasRest(text, Variable))
                    {
                        // The text is not repeated: it may be the secret.
                        result.AddError($"{name} takes stdin, file:PATH or env:NAME, never {what} itself.");
                    }
                },
            },
        };

    /// <param name="variable">The process environment.</param>
    public static async Task<string?> ReadAsync(string option, string? source, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var secret = source switch
        {
            null => null,
            _ when source.StartsWith(Variable, StringComparison.Ordinal) => variable(source[Variable.Length..])
                ?? throw new CommandFailedException($"{option}: the environment variable {source[Variable.Length..]} is not set.", ExitCode.Usage),
            _ => Text(option, await JsonInput.BytesAsync(option, source is "stdin" ? "-" : source[File.Length..], cancellationToken)),
        };
        return secret is { Length: 0 } ? throw new CommandFailedException($"{option}: there is nothing in it; give the secret there.", ExitCode.Usage) : secret;
    }

    // 'echo' and editors end a line; no secret ends in one.
    private static string Text(string option, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span).TrimEnd('\n', '\r');
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException($"{option}: that is not UTF-8 text.", ExitCode.Usage);
        }
    }

    private static bool HasRest(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length;
}
