using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Settings.Files;

namespace CentralOps.Cli.Doctor;

/// <summary>The settings file: understood, and what it names in the environment is there.</summary>
internal static class SettingsCheck
{
    private const string Check = "settings";

    /// <param name="path">Null where no file was named.</param>
    /// <param name="settings">What it says, as far as it could be read.</param>
    public static IReadOnlyList<Finding> Run(string? path, Func<string, string?> variable, out GatewaySettings settings)
    {
        settings = GatewaySettings.None;
        if (path is null)
        {
            return [];
        }

        try
        {
            settings = SettingsFile.Read(path);
        }
        catch (SettingsFileException wrong)
        {
            return [.. wrong.Problems.Select(static problem => Finding.Problem(Check, problem, "Mend the file; docs/gateways.md tells each key."))];
        }

        return settings.Embeddings is EmbeddingSource.OpenAICompatible { KeyVariable: { } name } && variable(name) is not { Length: > 0 }
            ? [Finding.Problem(Check, $"search.key_variable names {name}, which is not set here.", "Set it where the gateway runs, or leave key_variable out where the endpoint wants no key.")]
            : [Finding.Ok(Check, $"{path} is understood.")];
    }
}
