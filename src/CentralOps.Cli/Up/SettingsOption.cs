using System.CommandLine;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Settings.Files;

namespace CentralOps.Cli.Up;

/// <summary><c>--settings FILE</c>: what a gateway is told beside the API.</summary>
internal static class SettingsOption
{
    public static Option<string?> Create() => new("--settings") { Description = "YAML file with the gateway's own settings: tool sets, further authorizers, search by meaning (docs/gateways.md).", HelpName = "FILE" };

    /// <returns>What the file says, and nothing where none is named.</returns>
    public static GatewaySettings Read(string? path)
    {
        if (path is null)
        {
            return GatewaySettings.None;
        }

        try
        {
            return SettingsFile.Read(path);
        }
        catch (SettingsFileException wrong)
        {
            throw new CommandFailedException(string.Join('\n', wrong.Problems));
        }
    }
}
