namespace CentralOps.Sandbox.Estates.Files;

/// <summary>Reads an estate from a YAML file. Strict: what is not understood is refused, and everything that is wrong is told at once.</summary>
internal static class EstateFile
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const ulong FileSeed = 1;

    public static Estate Load(string path, ulong? seed)
    {
        var problems = new EstateProblems(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes } large)
            {
                problems.Add(1, $"The file has {large.Length} bytes, more than {MaxBytes}", "Use 'count' for many alike.");
                throw problems.ToException();
            }

            return Read(File.ReadAllText(path), problems, seed);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new EstateFileException([$"{path}: The file cannot be read: {unreadable.Message} Name one that you may read."]);
        }
    }

    public static Estate Read(string text, EstateProblems problems, ulong? seed = null)
    {
        if (YamlTree.Read(new StringReader(text), problems) is not { } root)
        {
            throw problems.ToException();
        }

        var estate = OrganizationReader.Read(new Section(root, "", problems), seed ?? FileSeed);
        return problems.None ? estate : throw problems.ToException();
    }
}
