using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace CentralOps.Aws.Protocols.Cbor;

/// <summary>Writes RFC 8949. Arrays and maps end with a break: how long they are shows only at their end.</summary>
internal sealed class CborWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlyMemory<byte> Written => _output.WrittenMemory;

    public void StartMap() => WriteByte(0xBF);

    public void StartArray() => WriteByte(0x9F);

    public void End() => WriteByte(0xFF);

    public void WriteNull() => WriteByte(0xF6);

    public void WriteBoolean(bool value) => WriteByte(value ? (byte)0xF5 : (byte)0xF4);

    public void WriteTag(ulong tag) => WriteHead(CborType.Tag, tag);

    public void WriteInteger(long value) =>
        WriteHead(value < 0 ? CborType.Negative : CborType.Unsigned, (ulong)(value < 0 ? ~value : value));

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteHead(CborType.Bytes, (ulong)value.Length);
        _output.Write(value);
    }

    public void WriteText(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteHead(CborType.Text, (ulong)length);
        _output.Advance(Encoding.UTF8.GetBytes(value, _output.GetSpan(length)));
    }

    public void WriteFloat(float value)
    {
        var span = _output.GetSpan(5);
        span[0] = 0xFA;
        BinaryPrimitives.WriteSingleBigEndian(span[1..], value);
        _output.Advance(5);
    }

    public void WriteDouble(double value)
    {
        var span = _output.GetSpan(9);
        span[0] = 0xFB;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        _output.Advance(9);
    }

    /// <summary>As an integer where it is one of 64 bits.</summary>
    public void WriteBig(BigInteger value)
    {
        var (negative, size) = (value.Sign < 0, value.Sign < 0 ? -1 - value : value);
        if (size <= ulong.MaxValue)
        {
            WriteHead(negative ? CborType.Negative : CborType.Unsigned, (ulong)size);
            return;
        }

        WriteTag(negative ? CborTags.BigNegative : CborTags.BigPositive);
        WriteBytes(size.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    public void WriteDecimalFraction(int exponent, BigInteger mantissa)
    {
        WriteTag(CborTags.DecimalFraction);
        WriteHead(CborType.Array, 2);
        WriteInteger(exponent);
        WriteBig(mantissa);
    }

    private void WriteHead(CborType type, ulong argument)
    {
        var span = _output.GetSpan(9);
        var major = (int)type << 5;
        if (argument < 24)
        {
            span[0] = (byte)(major | (int)argument);
            _output.Advance(1);
        }
        else if (argument <= byte.MaxValue)
        {
            (span[0], span[1]) = ((byte)(major | 24), (byte)argument);
            _output.Advance(2);
        }
        else if (argument <= ushort.MaxValue)
        {
            span[0] = (byte)(major | 25);
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)argument);
            _output.Advance(3);
        }
        else if (argument <= uint.MaxValue)
        {
            span[0] = (byte)(major | 26);
            BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)argument);
            _output.Advance(5);
        }
        else
        {
            span[0] = (byte)(major | 27);
            BinaryPrimitives.WriteUInt64BigEndian(span[1..], argument);
            _output.Advance(9);
        }
    }

    private void WriteByte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }
}
