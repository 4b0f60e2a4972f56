using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Files;

/// <summary>A file that is its owner's alone and never seen half written. Compiled into each room that keeps keys: those stand on one floor and do not see each other.</summary>
internal static class OwnerFile
{
    /// <summary>What a file that holds secrets may allow.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int AlreadyThere = 17;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether others than its owner may read or write it.</summary>
    public static bool IsOpenToOthers(string path) => (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    /// <summary>Makes it where there is none. Of any number that make one at once, one does.</summary>
    /// <returns>False where another was first: read theirs.</returns>
    /// <exception cref="IOException">There is neither this nor another's.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static bool TryMake(string path, string text)
    {
        if (File.Exists(path))
        {
            return false;
        }

        var draft = DraftOf(path);
        try
        {
            Write(draft, text);

            // File.Move looks and then renames, so that a second one replaces the first's between the two. A hard link is made or not.
            if (Link(CText(draft), CText(path)) == 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() == AlreadyThere)
            {
                return false;
            }

            // A file system without hard links.
            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Puts another in its place: whole or not at all, and on the disk when it returns.</summary>
    /// <exception cref="IOException">The old one stands.</exception>
    /// <exception cref="UnauthorizedAccessException">The old one stands.</exception>
    public static void Replace(string path, string text)
    {
        var draft = DraftOf(path);
        try
        {
            Write(draft, text);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static string DraftOf(string path) => $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    private static void Write(string draft, string text)
    {
        using var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode });
        file.Write(Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private static byte[] CText(string path) => Encoding.UTF8.GetBytes(path + "\0");

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existing, byte[] made);
}
