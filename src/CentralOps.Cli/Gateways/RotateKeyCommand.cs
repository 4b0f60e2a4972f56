using System.CommandLine;
using System.Text.Json;
using CentralOps.Cli.Control;
using CentralOps.Cli.Running;
using CentralOps.Cli.Serve;
using CentralOps.Cli.Terminal;
using CentralOps.Gateway;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Cli.Gateways;

/// <summary><c>centralops gateway rotate-key</c>: another key for the secrets that are kept here.</summary>
internal static class RotateKeyCommand
{
    public static Command Create(Screen screen)
    {
        var newKey = SecretSource.Option("--new-key-from", "the new key (id:base64 of 32 bytes)");
        var keepOld = new Option<bool>("--keep-old") { Description = "Leave the old key in the file, for backups of the database that were made before." };
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("rotate-key", "Seal every kept secret with a new key, and retire the old one. It may be stopped and run again.") { newKey, keepOld, state, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = StateDirectory.At(parsed.GetValue(state));
            var given = await KeyAsync(parsed.GetValue(newKey), cancellationToken);
            var rotated = await RotateAsync(directory, given, parsed.GetValue(keepOld), cancellationToken);
            Show(rotated, parsed.GetValue(output), screen);
            return rotated.Unopened.Count == 0 ? ExitCode.Ok : ExitCode.Refused;
        });
        return command;
    }

    private static async Task<KeyRotated> RotateAsync(StateDirectory directory, MasterKey? given, bool keepOld, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        try
        {
            if (ProcessEnvironment.Read(MasterKeys.Variable) is { Length: > 0 } text)
            {
                return await RotateVariableAsync(directory, text, given, time, cancellationToken);
            }

            // What runs has read the file already, and could not open what another key sealed.
            using var held = directory.TryHold()
                ?? throw new CommandFailedException($"CentralOps runs here (state directory {directory.Path}) with the key that is to be changed: stop it, change the key, and start it again.");
            if (!File.Exists(Path.Combine(directory.Path, KeptStore.KeyFile)))
            {
                throw new CommandFailedException($"There is no key in {directory.Path}: name the directory that has {KeptStore.KeyFile} with --state DIR, or set {MasterKeys.Variable}.");
            }

            await using var store = await OpenAsync(directory, time, cancellationToken);
            return await new KeyRotation(store, time).RotateFileAsync(Path.Combine(directory.Path, KeptStore.KeyFile), given, keepOld, cancellationToken);
        }
        catch (Exception failed) when (failed is GatewayStartException or StoreException)
        {
            throw new CommandFailedException(failed.Message);
        }
    }

    /// <summary>Keys in the environment are their owner's to change; here is sealed anew what an older one of them seals.</summary>
    private static async Task<KeyRotated> RotateVariableAsync(StateDirectory directory, string text, MasterKey? given, TimeProvider time, CancellationToken cancellationToken)
    {
        if (given is not null)
        {
            throw new CommandFailedException($"The keys stand in {MasterKeys.Variable}: put the new one first there, on every replica, and run this without --new-key-from.", ExitCode.Usage);
        }

        var keys = MasterKeys.TryParse(text, MasterKeys.Variable, out var parsed, out var fault) ? parsed : throw new CommandFailedException(fault);
        await using var store = await OpenAsync(directory, time, cancellationToken);
        var rotation = await new SealedStore(store, new Sealer(keys)).RotateAsync(cancellationToken);
        return new KeyRotated(keys.Newest.Id, [], rotation.Resealed, rotation.Unopened, Resumed: false);
    }

    private static Task<IStore> OpenAsync(StateDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        KeptStore.OpenAsync(directory.Path, ProcessEnvironment.Read(DatabaseUrl.Variable), time, NullLoggerFactory.Instance, cancellationToken);

    private static async Task<MasterKey?> KeyAsync(string? source, CancellationToken cancellationToken)
    {
        if (await SecretSource.ReadAsync("--new-key-from", source, ProcessEnvironment.Read, cancellationToken) is not { } text)
        {
            return null;
        }

        return MasterKey.TryParse(text, out var key, out var fault) ? key : throw new CommandFailedException($"--new-key-from: the key {fault}.", ExitCode.Usage);
    }

    private static void Show(KeyRotated rotated, OutputFormat format, Screen screen)
    {
        if (format == OutputFormat.Json)
        {
            screen.Data.WriteLine(JsonSerializer.Serialize(
                new RotatedKeyView(rotated.KeyId, rotated.Resealed, rotated.Retired, rotated.Unopened, rotated.Resumed), RotatedKeyJson.Default.RotatedKeyView));
            return;
        }

        screen.Data.WriteLine($"{(rotated.Resumed ? "A rotation that had been stopped went on. " : "")}The key {rotated.KeyId} seals now; {rotated.Resealed} secret{(rotated.Resealed == 1 ? " was" : "s were")} sealed anew.");
        foreach (var unopened in rotated.Unopened)
        {
            screen.Say(unopened);
        }

        screen.Say(rotated switch
        {
            { Unopened.Count: > 0 } => "No key was retired, because these secrets need one: set them again, or bring their key back, and run this once more.",
            { Retired.Count: > 0 } => $"Retired: {string.Join(", ", rotated.Retired)}. A backup of the database from before needs it.",
            _ => $"Old keys are left where they are: take them out of {MasterKeys.Variable}, or of the file, when no backup needs them.",
        });
    }
}
