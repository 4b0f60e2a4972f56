using System.Text;

namespace CentralOps.Gateway.Tests.Targets.McpServers.Hostile;

/// <summary>Bytes damaged at random: changed, cut, repeated, and with what parsers stumble over put in.</summary>
internal static class Mutation
{
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\udc00", "\\u0000", "null", "true", "1e999", "-0", "1E400", "0.0000000000000000000000000000000000001",
            "123456789012345678901234567890123456789012345678901234567890", "9223372036854775808", "{\"a\":{\"a\":", "\"id\":1,", "\"id\":null,", "\"result\":{},", "\"error\":{},", "\"method\":\"ping\",",
            "\"code\":-32020,", "\"code\":1e3,", "\"data\":[[]],", "\"message\":7,", "\"nextCursor\":\"\\ud83d\",", "\"nextCursor\":\"c\",", "\"resultType\":\"input_required\",", "\"structuredContent\":[1],",
            "\0", "\u202e", "\u0007", "🦊", " ", "\n", "\r", "\r\n", "\n\n", "\n\ndata: {}\n\n", "data:", "id: 7\n", "retry: 3\n", "event: other\n", ":\n", "\uFEFF",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xFF], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0xAF],
        Encoding.UTF8.GetBytes(new string('[', 300)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 300))), Encoding.UTF8.GetBytes(new string(']', 300)),
    ];

    public static byte[] Of(Random random, byte[] original, int changes)
    {
        var bytes = original.ToList();
        for (; changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 16), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 4 when random.Next(3) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
