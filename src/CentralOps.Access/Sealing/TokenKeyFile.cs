using CentralOps.Files;

namespace CentralOps.Access.Sealing;

/// <summary>Keys in a file that is its owner's alone.</summary>
public static class TokenKeyFile
{
    private const int MaxCharacters = 4096;

    /// <param name="problem">Hears why there are none; no key is told.</param>
    public static TokenKeys? Read(string path, Action<string> problem)
    {
        var named = Printable.Line(path, 200);
        try
        {
            if (OwnerFile.IsOpenToOthers(path))
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
        try
        {
            OwnerFile.TryMake(path, TokenKeys.New().Export() + "\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem($"the key file {Printable.Line(path, 200)} cannot be made ({(failure is UnauthorizedAccessException ? "not permitted" : Printable.Line(failure.Message, 200))})");
            return null;
        }

        return Read(path, problem);
    }
}
