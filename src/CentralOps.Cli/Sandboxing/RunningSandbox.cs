using System.Text.Json;
using CentralOps.Aws.Credentials;
using CentralOps.Cli.Running;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Control;

namespace CentralOps.Cli.Sandboxing;

/// <summary>The sandbox of the 'up' that runs here.</summary>
internal static class RunningSandbox
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Does something with it; what goes wrong on the way is a sentence.</summary>
    public static async Task<T> AskAsync<T>(string? state, Func<SandboxControl, Task<T>> ask, CancellationToken cancellationToken)
    {
        var directory = StateDirectory.At(state);
        if (directory.Read() is not { } running)
        {
            throw new CommandFailedException($"No sandbox runs here (state directory {directory.Path}): start one with 'centralops up'.");
        }

        if (running is not { SandboxUrl: { } url, ControlCredentials: { } operatorKey })
        {
            throw new CommandFailedException("The 'up' that runs here is over real accounts: there is no sandbox behind it.");
        }

        using var sockets = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = ConnectTimeout };
        var key = new AwsCredentials(operatorKey.AccessKeyId, operatorKey.SecretAccessKey);
        using var control = new SandboxControl(new Uri(url), key, sockets, TimeProvider.System);
        try
        {
            return await ask(control);
        }
        catch (SandboxRefusedException refused)
        {
            throw new CommandFailedException(refused.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException($"The sandbox at {url} does not answer as this version does: see whether 'centralops up' still runs.");
        }
    }
}
