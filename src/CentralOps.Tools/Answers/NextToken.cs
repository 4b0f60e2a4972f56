using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CentralOps.Tools.Listings;

namespace CentralOps.Tools.Answers;

/// <summary>
/// Where a truncated answer goes on: AWS's token of a page, and how many of its items were given already. It carries a hash of the query, so that it
/// cannot be continued with another question. It goes out signed: <see cref="NextTokens"/>.
/// </summary>
/// <param name="PageToken">AWS's token; empty for the first page.</param>
/// <param name="Offset">Items of the page that the piece of it begins after, at which the answer ended.</param>
internal sealed record NextToken(ulong Query, string PageToken, int Offset)
{
    private const byte Version = 2;

    /// <summary>AWS's longest tokens are shorter.</summary>
    public const int MaxPageToken = 16 * 1024;

    /// <summary>Of that piece: how many items were given.</summary>
    public int Taken { get; init; }

    /// <summary>How large the piece is, so that it is the same when it is read again; 0 where nothing of it was given.</summary>
    public int Take { get; init; }

    /// <summary>Items given so far of what <see cref="PageToken"/> pages through: with it the place can be read again when AWS has forgotten its token.</summary>
    public long Given { get; init; }

    /// <summary>Of a fleet's answer: the place, and what stays the same on all pages. Null in the answer of one place.</summary>
    public FleetMark? Fleet { get; init; }

    public PageMark Mark => new(PageToken.Length == 0 ? null : PageToken, Offset, Taken, Take);

    public NextToken At(PageMark mark) => this with { PageToken = mark.Token ?? "", Offset = mark.Skip, Taken = mark.Taken, Take = mark.Taken == 0 ? 0 : mark.Take };

    public byte[] Write()
    {
        var bytes = new MemoryStream(PageToken.Length + 64);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(Query);
        writer.Write7BitEncodedInt(Offset);
        writer.Write7BitEncodedInt(Taken);
        writer.Write7BitEncodedInt(Take);
        writer.Write7BitEncodedInt64(Given);
        writer.Write(Fleet is not null);
        if (Fleet is { } fleet)
        {
            writer.Write(fleet.Account);
            writer.Write(fleet.Region);
            writer.Write7BitEncodedInt(fleet.Pace);
            writer.Write(fleet.AskedAt);
        }

        writer.Write(PageToken);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <param name="content">Authentic: written by <see cref="Write"/>, of this version or another.</param>
    /// <returns>Null for another version.</returns>
    public static NextToken? Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length == 0 || content.Span[0] != Version)
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(content.ToArray()), Encoding.UTF8);
        reader.ReadByte();
        var query = reader.ReadUInt64();
        var offset = reader.Read7BitEncodedInt();
        var (taken, take) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var given = reader.Read7BitEncodedInt64();
        var fleet = reader.ReadBoolean()
            ? new FleetMark(reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt(), reader.ReadInt64())
            : null;
        return new NextToken(query, reader.ReadString(), offset) { Taken = taken, Take = take, Given = given, Fleet = fleet };
    }

    /// <summary>A query in eight bytes: whatever changes the answer's items is a part; a limit is none.</summary>
    public static ulong HashOf(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    /// <summary>Whether an answer ends before the items do, and where to go on.</summary>
    public static void WriteEnd(NextToken? next, NextTokens tokens, Utf8JsonWriter json)
    {
        json.WriteBoolean("truncated"u8, next is not null);
        json.WriteString("next_token"u8, next is null ? null : tokens.Write(next));
    }
}

/// <summary>A place in a fleet's order, which is by account id and then by region's name: it serves also when accounts and regions have come or gone.</summary>
/// <param name="Region">Empty where the tool asks no region, or where the account is not begun.</param>
/// <param name="Pace">How many places the last answer came to: about so many are worth reading ahead.</param>
/// <param name="AskedAt">When the first page was asked, in seconds since 1970: times that are counted back from now stay the same.</param>
internal sealed record FleetMark(string Account, string Region, int Pace, long AskedAt);
