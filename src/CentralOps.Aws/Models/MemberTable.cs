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

    // Four characters tell names of one structure apart well enough; going over all of them costs more than a collision now and then.
    private static int Hash(ReadOnlySpan<char> name) =>
        name.IsEmpty ? 0 : Mix(name.Length, name[0], name[name.Length / 2], name[^1]);

    private static int Hash(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : Mix(name.Length, name[0], name[name.Length / 2], name[^1]);

    private static int Mix(int length, int first, int middle, int last)
    {
        var hash = (uint)(length | (first << 8) | (middle << 16) | (last << 24)) * 2654435761u;
        return (int)(hash ^ (hash >> 15));
    }
}
