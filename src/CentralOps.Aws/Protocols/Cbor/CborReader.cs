using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Cbor;

/// <summary>What a data item begins with: its major type, the five bits beside it, and the argument that they announce.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CborHead(CborType Type, int Info, ulong Argument)
{
    public bool IsIndefinite => Info == CborReader.Indefinite;
}

/// <summary>
/// RFC 8949, item by item. A declared length is believed only as far as there are bytes; what it says is never a reason to take memory.
/// </summary>
internal ref struct CborReader(ReadOnlySpan<byte> body)
{
    public const int Indefinite = 31;

    private const byte Break = 0xFF;
    private const byte Null = 0xF6;
    private const byte Undefined = 0xF7;

    private readonly ReadOnlySpan<byte> _body = body;
    private int _at;

    public readonly bool AtEnd => _at == _body.Length;

    public readonly bool AtBreak => Peek() == Break;

    /// <summary>CBOR's <c>undefined</c> says the same here.</summary>
    public readonly bool AtNull => Peek() is Null or Undefined;

    public readonly CborType Type => (CborType)(Peek() >> 5);

    /// <summary>Takes a break or a null.</summary>
    public void TakeByte() => _at++;

    public CborHead ReadHead()
    {
        var first = Peek();
        _at++;
        var (type, info) = ((CborType)(first >> 5), first & 0x1F);
        return info switch
        {
            < 24 => new(type, info, (ulong)info),
            24 => new(type, info, Take(1)[0]),
            25 => new(type, info, BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
            26 => new(type, info, BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
            27 => new(type, info, BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
            Indefinite when type is CborType.Bytes or CborType.Text or CborType.Array or CborType.Map => new(type, info, 0),
            _ => throw Wrong("a byte that begins no data item"),
        };
    }

    /// <summary>The head behind any tags. They are annotations: whoever needs one looks for it first.</summary>
    public CborHead ReadUntagged()
    {
        var head = ReadHead();
        while (head.Type == CborType.Tag)
        {
            head = ReadHead();
        }

        return head;
    }

    /// <summary>How many items follow, or -1 where a break ends them. Each takes a byte at least.</summary>
    public readonly int Count(CborHead head, int itemsEach)
    {
        if (head.IsIndefinite)
        {
            return -1;
        }

        return head.Argument <= (ulong)((_body.Length - _at) / itemsEach)
            ? (int)head.Argument
            : throw Wrong("a length that goes beyond its end");
    }

    /// <summary>The content of a byte or text string; chunks of one are put together.</summary>
    public ReadOnlySpan<byte> ReadString(CborHead head)
    {
        var text = head.IsIndefinite ? ReadChunks(head.Type) : Take(head.Argument);
        return head.Type == CborType.Bytes || Utf8.IsValid(text) ? text : throw Wrong("a text that is not valid UTF-8");
    }

    /// <summary>Passes over one item, whatever it holds.</summary>
    public void Skip(int depth)
    {
        var head = ReadUntagged();
        switch (head.Type)
        {
            case CborType.Bytes or CborType.Text:
                ReadString(head);
                break;
            case CborType.Array or CborType.Map:
                var each = head.Type == CborType.Map ? 2 : 1;
                CheckDepth(depth + 1);
                for (var left = Count(head, each); !AtEndOf(ref left);)
                {
                    Skip(depth + 1);
                    if (each == 2)
                    {
                        Skip(depth + 1);
                    }
                }

                break;
            default:
                CheckSimple(head);
                break;
        }
    }

    /// <summary>True at the end of an array or map, whose break is then taken; otherwise counts one item off.</summary>
    public bool AtEndOf(ref int left)
    {
        if (left < 0)
        {
            if (!AtBreak)
            {
                return false;
            }

            TakeByte();
            return true;
        }

        return left-- == 0;
    }

    public static void CheckDepth(int depth)
    {
        if (depth > WireLimits.MaxDepth)
        {
            throw new WireFormatException($"The body nests deeper than {WireLimits.MaxDepth} levels.");
        }
    }

    public readonly WireFormatException Wrong(string what) => new($"The CBOR body holds {what}, before byte {_at}.");

    private ReadOnlySpan<byte> ReadChunks(CborType type)
    {
        // No more than the body's rest, of which the chunks are parts.
        byte[] whole = [];
        var length = 0;
        while (!AtBreak)
        {
            var head = ReadHead();
            if (head.Type != type || head.IsIndefinite)
            {
                throw Wrong("a chunked string with a chunk of another kind");
            }

            var chunk = ReadString(head);
            if (whole.Length - length < chunk.Length)
            {
                Array.Resize(ref whole, Math.Max(length + chunk.Length, whole.Length * 2));
            }

            chunk.CopyTo(whole.AsSpan(length));
            length += chunk.Length;
        }

        TakeByte();
        return whole.AsSpan(0, length);
    }

    // A simple value in two bytes has to be one that did not fit into the first.
    private readonly void CheckSimple(CborHead head)
    {
        if (head is { Type: CborType.Simple, Info: 24, Argument: < 32 })
        {
            throw Wrong("a simple value that is not well-formed");
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_body.Length - _at))
        {
            throw Wrong("a length that goes beyond its end");
        }

        var taken = _body.Slice(_at, (int)length);
        _at += (int)length;
        return taken;
    }

    private readonly byte Peek() => _at < _body.Length ? _body[_at] : throw Wrong("less than it announces");
}
