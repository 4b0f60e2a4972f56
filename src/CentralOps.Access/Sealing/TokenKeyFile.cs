using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Access.Sealing;

/// <summary>Keys in a file that is its owner's alone.</summary>
public static class TokenKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MaxCharacters = 4096;

    /// <param name="problem">Hears why there are none; no key is told.</param>
    public static TokenKeys? Read(string path, Action<string> problem)
    {
        var named = Printable.Line(path, 200);
        try
        {
            if ((File.GetUnixFileMode(path) & ~OwnerOnly & ~UnixFileMode.UserExecute) != UnixFileMode.None)
            {
                problem($"the key file {named} can be used by others than its owner; run: chmod 600 {named}");
                return null;
            }

            using var reader = new StreamReader(path);
            var text = new char[MaxCharacters];
            if (TokenKeys.TryParse(new string(text, 0, reader.ReadBlock(text)).Trim(), out var keys))
            {
                return keys;
            }

            problem(TokenKeySetting.NoKey($"the key file {named}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem($"the key file {named} cannot be read ({(failure is UnauthorizedAccessException ? "not permitted" : Printable.Line(failure.Message, 200))})");
        }

        return null;
    }

    /// <summary>Reads the file, or makes it with a new key. Of two that make one at once, both get the first's.</summary>
    public static TokenKeys? ReadOrMake(string path, Action<string> problem)
    {
        if (File.Exists(path))
        {
            return Read(path, problem);
        }

        var next = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        try
        {
            using (var file = new FileStream(next, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                file.Write(Encoding.ASCII.GetBytes(TokenKeys.New().Export() + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(next);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem($"the key file {Printable.Line(path, 200)} cannot be made ({(failure is UnauthorizedAccessException ? "not permitted" : Printable.Line(failure.Message, 200))})");
            return null;
        }

        return Read(path, problem);
    }
}
