using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CentralOps.Gateway.Mcp;

/// <summary>The member names of the objects that are open: what was seen, the innermost object's last.</summary>
internal ref struct MemberNames(Span<MemberNames.Member> initial)
{
    private Span<Member> _members = initial;
    private Member[]? _rented;
    private List<byte[]>? _unescaped;
    private Frames _frames;
    private int _depth;
    private int _count;

    public void Open() => _frames[_depth++] = _count;

    public void Close() => _count = _frames[--_depth];

    public JsonProblem Add(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = _frames[_depth - 1];
        if (_count - start >= StrictJson.MaxMembers)
        {
            return JsonProblem.TooManyMembers;
        }

        var added = reader.ValueIsEscaped
            ? Unescape(ref reader)
            : new Member(0, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        var name = Text(added, json);
        added = added with { Hash = Hash(name) };
        foreach (ref readonly var known in _members[start.._count])
        {
            if (known.Hash == added.Hash && Text(known, json).SequenceEqual(name))
            {
                return JsonProblem.DuplicateMember;
            }
        }

        Grow();
        _members[_count++] = added;
        return JsonProblem.None;
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<Member>.Shared.Return(_rented);
        }
    }

    private readonly ReadOnlySpan<byte> Text(in Member member, ReadOnlySpan<byte> json) =>
        member.Start < 0 ? _unescaped![~member.Start] : json.Slice(member.Start, member.Length);

    private Member Unescape(scoped ref Utf8JsonReader reader)
    {
        _unescaped ??= [];
        _unescaped.Add(Encoding.UTF8.GetBytes(reader.GetString()!));
        return new(0, ~(_unescaped.Count - 1), 0);
    }

    private void Grow()
    {
        if (_count < _members.Length)
        {
            return;
        }

        var larger = ArrayPool<Member>.Shared.Rent(_members.Length * 2);
        _members.CopyTo(larger);
        Dispose();
        _members = _rented = larger;
    }

    // Seeded at random in every process, so that nobody can prepare names that all collide.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        return hash.ToHashCode();
    }

    /// <param name="Start">Offset in the body; the complement of an index into the unescaped names where the name was escaped.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Member(int Hash, int Start, int Length);

    [InlineArray(StrictJson.MaxDepth + 2)]
    [StructLayout(LayoutKind.Auto)]
    private struct Frames
    {
        private int _first;
    }
}
