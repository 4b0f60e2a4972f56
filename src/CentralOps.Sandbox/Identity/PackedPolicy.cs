using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;

namespace CentralOps.Sandbox.Identity;

/// <summary>
/// How much of the room for session policy and tags a session takes, in percent. AWS packs both into a binary form that it keeps to
/// itself and whose limit is apart from the 2,048 characters; deflate into 1,300 bytes comes near what it reports.
/// </summary>
internal static class PackedPolicy
{
    private const int Room = 1300;
    private const int RoomOfName = 16;

    /// <param name="managed">How many managed policies are named; a name takes little room, however long its document.</param>
    public static int? Percent(string? policy, int managed, FrozenDictionary<string, string> tags)
    {
        if (policy is null && managed == 0 && tags.Count == 0)
        {
            return null;
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(policy ?? ""));
            foreach (var (key, value) in tags)
            {
                deflate.Write(Encoding.UTF8.GetBytes(key + value));
            }
        }

        return Math.Max(1, (int)((packed.Length + (managed * RoomOfName)) * 100 / Room));
    }
}
