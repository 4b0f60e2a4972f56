using System.Buffers.Binary;
using System.Text;

namespace CentralOps.Agent.Tests.Models.Fixtures;

/// <summary>Messages of an event stream, written by hand from its specification: also such as no service sends.</summary>
internal static class Frames
{
    public static byte[] Event(string name, string payload) => Message([(":event-type", name), (":content-type", "application/json"), (":message-type", "event")], Encoding.UTF8.GetBytes(payload));

    private static byte[] Message((string Name, string Value)[] headers, byte[] payload)
    {
        byte[] coded = [.. headers.SelectMany(header => (byte[])[(byte)header.Name.Length, .. Encoding.UTF8.GetBytes(header.Name), 7, 0, (byte)header.Value.Length, .. Encoding.UTF8.GetBytes(header.Value)])];
        var prelude = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(prelude, (uint)(16 + coded.Length + payload.Length));
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(4), (uint)coded.Length);
        byte[] message = [.. prelude, .. Checksum(prelude), .. coded, .. payload];
        return [.. message, .. Checksum(message)];
    }

    // CRC-32 of IEEE 802.3, a bit at a time.
    private static byte[] Checksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return sum;
    }
}
