using System.Buffers;
using System.Text.Json;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Shaping;

/// <summary>Items of many places as one list of rows, each with where it is: <c>account_id</c>, <c>account_name</c> and <c>region</c>, then its own members.</summary>
internal static class FlatRows
{
    /// <summary>What every row begins with.</summary>
    public static IReadOnlyList<string> PlaceNames { get; } = ["account_id", "account_name", "region"];

    /// <summary>What every row of a place begins with, as <see cref="Append"/> takes it.</summary>
    public static byte[] Head(string account, string? name, string region)
    {
        var output = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            json.WriteString("account_id"u8, account);
            json.WriteString("account_name"u8, name);
            json.WriteString("region"u8, region);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Rows, each followed by a comma: the list's brackets, and the last comma, are the caller's.</summary>
    /// <param name="head">An object's beginning with at least one member, left open.</param>
    /// <param name="items">JSON objects separated by commas, as pages have them.</param>
    /// <returns>How many.</returns>
    public static int Append(ReadOnlySpan<byte> head, ReadOnlySpan<byte> items, IBufferWriter<byte> output)
    {
        var count = 0;
        while (JsonRows.TryTake(ref items, out var item))
        {
            // What stands between the item's braces; an empty one adds nothing.
            var members = item[1..^1].Trim(" \t\r\n"u8);
            output.Write(head);
            if (!members.IsEmpty)
            {
                output.Write(","u8);
                output.Write(members);
            }

            output.Write("},"u8);
            count++;
        }

        return count;
    }
}
