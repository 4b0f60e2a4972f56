using CentralOps.Ledger.Stores;

namespace CentralOps.Ledger.Reading;

/// <summary>The files of one writer.</summary>
/// <param name="Heads">Null where there are none.</param>
internal sealed record WriterFiles(string Writer, IReadOnlyList<(int Part, string Path)> Parts, string? Heads)
{
    /// <summary>Whether the writer's process lives. It holds a lock that nobody else can share.</summary>
    public bool IsBeingWritten
    {
        get
        {
            if (Parts.Count == 0)
            {
                return false;
            }

            try
            {
                using var free = new FileStream(LedgerFileNames.Lock(Path.GetDirectoryName(Parts[^1].Path)!, Writer), FileMode.Open, FileAccess.Read, FileShare.Read);
                return false;
            }
            catch (FileNotFoundException)
            {
                return false;
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    /// <summary>All writers that left a file in either directory, in the order they began.</summary>
    public static IReadOnlyList<WriterFiles> Find(string directory, string headsDirectory)
    {
        var parts = new SortedDictionary<string, List<(int, string)>>(StringComparer.Ordinal);
        foreach (var path in Files(directory, LedgerFileNames.PartPattern))
        {
            if (LedgerFileNames.TryReadPart(path, out var writer, out var part))
            {
                Of(parts, writer).Add((part, path));
            }
        }

        var heads = Files(headsDirectory, LedgerFileNames.HeadsPattern).ToDictionary(static path => Path.GetFileNameWithoutExtension(path)!, StringComparer.Ordinal);
        foreach (var writer in heads.Keys)
        {
            Of(parts, writer);
        }

        return [.. parts.Select(writer => new WriterFiles(writer.Key, [.. writer.Value.Order()], heads.GetValueOrDefault(writer.Key)))];
    }

    private static List<(int, string)> Of(SortedDictionary<string, List<(int, string)>> parts, string writer)
    {
        if (!parts.TryGetValue(writer, out var list))
        {
            parts[writer] = list = [];
        }

        return list;
    }

    private static IEnumerable<string> Files(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, pattern) : [];
}
