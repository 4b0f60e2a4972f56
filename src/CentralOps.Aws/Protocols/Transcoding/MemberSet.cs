using System.Runtime.InteropServices;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>Which members of one structure an input gave.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MemberSet
{
    private ulong _first;
    private ulong[]? _rest;

    public readonly bool Has(Member member) => member.Index < 64
        ? (_first & (1UL << member.Index)) != 0
        : _rest is not null && (_rest[(member.Index / 64) - 1] & (1UL << (member.Index % 64))) != 0;

    /// <summary>False when it was in already.</summary>
    public bool Add(Member member, Shape shape)
    {
        if (Has(member))
        {
            return false;
        }

        if (member.Index < 64)
        {
            _first |= 1UL << member.Index;
            return true;
        }

        _rest ??= new ulong[(shape.MemberArray.Length - 1) / 64];
        _rest[(member.Index / 64) - 1] |= 1UL << (member.Index % 64);
        return true;
    }
}
