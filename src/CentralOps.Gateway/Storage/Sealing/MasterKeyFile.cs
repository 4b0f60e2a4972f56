using CentralOps.Files;

namespace CentralOps.Gateway.Storage.Sealing;

/// <summary>A file of master keys that only its owner may read, a key a line, the one that seals first. Whoever loses it loses the secrets.</summary>
public static class MasterKeyFile
{
    private const int MostBytes = 16 * 1_024;

    /// <summary>Reads the file; makes it with a new key where there is none.</summary>
    /// <param name="isNew">It was made just now: say that it belongs into the backup.</param>
    /// <exception cref="GatewayStartException">Others may read it, or it holds no keys.</exception>
    public static MasterKeys Open(string path, TimeProvider time, out bool isNew)
    {
        var shown = Printable.Text(path, 200);
        try
        {
            isNew = !File.Exists(path) && TryMake(path, MasterKey.New(time));
            return Read(path, shown);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStartException($"The master key file {shown} cannot be read or made: name a file in a directory that this user may write, or set {MasterKeys.Variable}.", refused);
        }
    }

    /// <summary>Puts other keys into the file: whole or not at all, and on the disk when it returns.</summary>
    /// <exception cref="GatewayStartException">It cannot be written.</exception>
    public static void Replace(string path, MasterKeys keys)
    {
        var shown = Printable.Text(path, 200);
        try
        {
            OwnerFile.Replace(path, keys.Reveal());
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStartException($"The master key file {shown} cannot be written: make room there, or let this user write its directory.", refused);
        }
    }

    private static MasterKeys Read(string path, string shown)
    {
        if (OwnerFile.IsOpenToOthers(path))
        {
            throw new GatewayStartException($"The master key file {shown} may be read or written by others than its owner: 'chmod 600' it, and change its keys if anybody else is on this machine.");
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new GatewayStartException($"The master key file {shown} is larger than {MostBytes} bytes: it holds lines of id:base64 and nothing else.");
        }

        return MasterKeys.TryParse(File.ReadAllText(path), $"The master key file {shown}", out var keys, out var fault) ? keys : throw new GatewayStartException(fault);
    }

    /// <summary>Whole or not at all: of two processes that start at once, both read the first one's key.</summary>
    private static bool TryMake(string path, MasterKey key)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return OwnerFile.TryMake(path, key.Reveal() + "\n");
    }
}
