using System.Text;

namespace CentralOps.Aws.Models;

/// <summary>
/// Members by name, looked up by characters or UTF-8 bytes without making a string. Our own open addressing: a dictionary's
/// alternate lookup would be compiled at start, and a reader asks this once for every member on the wire.
/// </summary>
internal sealed class MemberTable
{
    private readonly (string Name, Member Member)[] _entries;
    private readonly int[] _slots;

    public MemberTable(Member[] members, Func<Member, string> name)
    {
        _entries = new (string, Member)[members.Length];
        var size = 4;
        while (size < members.Length * 2)
        {
            size *= 2;
        }

        _slots = new int[size];
        for (var i = 0; i < members.Length; i++)
        {
            _entries[i] = (name(members[i]), members[i]);
            var slot = Hash(_entries[i].Name.AsSpan()) & (size - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (size - 1);
            }

            _slots[slot] = i + 1;
        }
    }

    public Member? Find(ReadOnlySpan<char> name)
    {
        for (var slot = Hash(name) & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var entry = _entries[_slots[slot] - 1];
            if (name.SequenceEqual(entry.Name))
            {
                return entry.Member;
            }
        }

        return null;
    }

    /// <param name="name">Unescaped UTF-8. Names in AWS's models are ASCII.</param>
    public Member? Find(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name) & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var entry = _entries[_slots[slot] - 1];
            if (Ascii.Equals(name, entry.Name))
            {
                return entry.Member;
            }
        }

        return null;
    }

    private static int Hash(ReadOnlySpan<char> name)
    {
        var hash = 2166136261u;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return (int)(hash ^ (hash >> 15));
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
