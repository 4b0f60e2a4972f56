using System.Text;

namespace CentralOps.Functions.Composition;

/// <summary>A setting that is a JSON document, in the variable itself or in a file that it names.</summary>
internal static class DocumentSetting
{
    private const int MaxBytes = 64 * 1024;

    /// <returns>Null where the variable is not set, or with a problem, what it names cannot be read.</returns>
    public static byte[]? Read(Func<string, string?> variable, string name, List<string> problems)
    {
        if (variable(name) is not { Length: > 0 } value)
        {
            return null;
        }

        if (value.TrimStart().StartsWith('{'))
        {
            return Encoding.UTF8.GetBytes(value);
        }

        try
        {
            if (new FileInfo(value) is { Exists: true, Length: <= MaxBytes })
            {
                return File.ReadAllBytes(value);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Said below, without the value: it may be a key that was not meant to be a path.
        }

        problems.Add($"{name} is neither JSON nor the path of a file of at most 64 KB that can be read.");
        return null;
    }
}
