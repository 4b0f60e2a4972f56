using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Serve;

/// <summary>Where gateways are kept and what seals their secrets: as the environment says, else files in a state directory.</summary>
internal static class KeptStore
{
    public const string DatabaseFile = "gateway.db";
    public const string KeyFile = "gateway.key";

    /// <param name="url">From the environment; null or empty for a file in the state directory.</param>
    public static async Task<IStore> OpenAsync(string directory, string? url, TimeProvider time, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var place = url is { Length: > 0 } ? url : "sqlite:" + Path.Combine(directory, DatabaseFile);
        return DatabaseUrl.TryParse(place, out var parsed, out var fault)
            ? await Stores.OpenAsync(parsed, time, logging, cancellationToken)
            : throw new CommandFailedException(fault);
    }

    /// <param name="text">From the environment; null or empty for a file in the state directory, which is made where there is none.</param>
    public static MasterKeys Keys(string directory, string? text, TimeProvider time)
    {
        if (text is not { Length: > 0 })
        {
            return MasterKeyFile.Open(Path.Combine(directory, KeyFile), time, out _);
        }

        return MasterKeys.TryParse(text, MasterKeys.Variable, out var keys, out var fault) ? keys : throw new CommandFailedException(fault);
    }
}
