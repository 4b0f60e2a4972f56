namespace CentralOps.Gateway.Storage.Sealing;

/// <summary>
/// Gives a key file another key and seals every secret with it. It may be killed anywhere and run again: the file has the new key before the first secret is
/// sealed with it, and the old ones until the last no longer needs them.
/// </summary>
public sealed class KeyRotation(IStore store, TimeProvider time)
{
    /// <param name="given">The new key; null: one is made.</param>
    /// <param name="keepOld">Leaves the old keys in the file, for backups of the database that were made before.</param>
    /// <exception cref="GatewayStartException">The file cannot be read or written, or the given key does not fit beside those in it.</exception>
    public async ValueTask<KeyRotated> RotateFileAsync(string path, MasterKey? given, bool keepOld, CancellationToken cancellationToken)
    {
        // 1. Which keys there are, and whether an earlier rotation was stopped: then it is that one which goes on.
        var keys = MasterKeyFile.Open(path, time, out _);
        var counts = await new SealedStore(store, new Sealer(keys)).CountByKeyAsync(cancellationToken);
        var resumes = keys.Ids.Count > 1 && counts.Keys.Any(key => !string.Equals(key, keys.Newest.Id, StringComparison.Ordinal)) && (given is null || string.Equals(given.Id, keys.Newest.Id, StringComparison.Ordinal));

        // 2. The new key is on the disk before anything needs it.
        if (!resumes)
        {
            if (!keys.TryPutFirst(given ?? MasterKey.New(time), out var more, out var fault))
            {
                throw new GatewayStartException(fault);
            }

            MasterKeyFile.Replace(path, more);
            keys = more;
        }

        // 3. Every secret.
        var rotation = await new SealedStore(store, new Sealer(keys)).RotateAsync(cancellationToken);

        // 4. The old ones go when nothing is left that they open.
        var retires = rotation.Unopened.Count == 0 && !keepOld;
        if (retires)
        {
            MasterKeyFile.Replace(path, keys.NewestAlone());
        }

        return new KeyRotated(keys.Newest.Id, retires ? keys.Ids.Skip(1).ToArray() : [], rotation.Resealed, rotation.Unopened, resumes);
    }
}

/// <summary>What a rotation did.</summary>
/// <param name="Retired">The ids of the keys that were taken out of the file.</param>
/// <param name="Resealed">Secrets that were sealed anew this time.</param>
/// <param name="Unopened">Why secrets stayed as they were; while there are any, no key is taken out.</param>
/// <param name="Resumed">An earlier one went on.</param>
public sealed record KeyRotated(string KeyId, IReadOnlyList<string> Retired, int Resealed, IReadOnlyList<string> Unopened, bool Resumed);
