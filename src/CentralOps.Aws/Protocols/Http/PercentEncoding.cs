using System.Buffers;
using System.Text;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>
/// RFC 3986: everything but letters, digits and -._~ as UTF-8 in capital hex. Our own, as <see cref="Uri"/>'s is vector code that
/// is compiled at start.
/// </summary>
internal static class PercentEncoding
{
    public static string Encode(string text)
    {
        if (IsUnreserved(text))
        {
            return text;
        }

        var bytes = new ArrayBufferWriter<byte>(text.Length * 3);
        Write(text, bytes);
        return Encoding.ASCII.GetString(bytes.WrittenSpan);
    }

    public static void Write(string text, IBufferWriter<byte> output)
    {
        if (IsUnreserved(text))
        {
            output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(text.Length)));
            return;
        }

        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (IsUnreserved((char)octet))
            {
                output.GetSpan(1)[0] = octet;
                output.Advance(1);
                continue;
            }

            var span = output.GetSpan(3);
            span[0] = (byte)'%';
            span[1] = Hex(octet >> 4);
            span[2] = Hex(octet & 0xF);
            output.Advance(3);
        }
    }

    private static bool IsUnreserved(string text)
    {
        foreach (var character in text)
        {
            if (!IsUnreserved(character))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUnreserved(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';

    private static byte Hex(int nibble) => (byte)(nibble < 10 ? '0' + nibble : 'A' + nibble - 10);
}
