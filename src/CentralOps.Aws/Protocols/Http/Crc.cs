namespace CentralOps.Aws.Protocols.Http;

/// <summary>Cyclic redundancy checks, reflected, all ones before and after, by a table of 256.</summary>
internal sealed class Crc
{
    private readonly ulong[] _table = new ulong[256];
    private readonly ulong _mask;

    private Crc(ulong reflectedPolynomial, ulong mask)
    {
        _mask = mask;
        for (var i = 0; i < _table.Length; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ reflectedPolynomial;
            }

            _table[i] = value;
        }
    }

    public static Crc Crc32 { get; } = new(0xEDB88320, uint.MaxValue);

    public static Crc Crc32C { get; } = new(0x82F63B78, uint.MaxValue);

    public static Crc Crc64Nvme { get; } = new(0x9A6C9329AC4BC9B5, ulong.MaxValue);

    public ulong Of(ReadOnlySpan<byte> bytes)
    {
        var value = _mask;
        foreach (var octet in bytes)
        {
            value = _table[(byte)(value ^ octet)] ^ (value >> 8);
        }

        return value ^ _mask;
    }
}
