using System.Buffers.Binary;
using System.Text;
using CentralOps.Aws.Protocols.EventStreams;
using CentralOps.Aws.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Aws.Tests.Protocols.EventStreams;

public sealed class EventMessageTests
{
    private static readonly EventHeader[] EveryKind =
    [
        new("yes", EventHeaderKind.True, default),
        new("no", EventHeaderKind.False, default),
        new("byte", EventHeaderKind.Byte, new byte[] { 0xFF }),
        new("short", EventHeaderKind.Int16, new byte[] { 1, 2 }),
        new("int", EventHeaderKind.Int32, new byte[] { 0, 0, 0xA0, 0x0C }),
        new("long", EventHeaderKind.Int64, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
        new("bytes", EventHeaderKind.Bytes, new byte[] { 0, 1, 2 }),
        new("text", EventHeaderKind.String, "é"u8.ToArray()),
        new("time", EventHeaderKind.Timestamp, new byte[] { 0, 0, 1, 0x8C, 0, 0, 0, 0 }),
        new("uuid", EventHeaderKind.Uuid, new byte[16]),
    ];

    [Fact]
    public void The_example_of_the_specification_is_read_and_written()
    {
        // An empty message, and one with a payload and no headers: checksums as AWS's SDKs test them.
        Convert.ToHexString(Events.Message([], [])).ShouldBe("000000100000000005C248EB7D98C8FF");
        Convert.ToHexString(Events.Message([], "{'foo':'bar'}"u8.ToArray())).ShouldBe("0000001D00000000FD528C5A7B27666F6F273A27626172277DC3653936");
        Encoding.UTF8.GetString(EventMessage.Read(Convert.FromHexString("0000001D00000000FD528C5A7B27666F6F273A27626172277DC3653936")).Payload.Span).ShouldBe("{'foo':'bar'}");
    }

    [Fact]
    public void Headers_of_every_kind_come_back()
    {
        var message = EventMessage.Read(Events.Message(EveryKind, "payload"u8.ToArray()));

        message.Headers.Select(header => (header.Name, header.Kind, Convert.ToHexString(header.Value.Span)))
            .ShouldBe(EveryKind.Select(header => (header.Name, header.Kind, Convert.ToHexString(header.Value.Span))));
        message.FindText("text").ShouldBe("é");
        message.FindText("int").ShouldBeNull();
        message.Find("none").ShouldBeNull();
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused() => Prop.ForAll(
        (from payload in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Resize(200)
         from headers in Gen.SubListOf(EveryKind)
         from place in Gen.Choose(0, 1_000_000)
         from bit in Gen.Choose(0, 7)
         select (payload, headers: headers.ToArray(), place, bit)).ToArbitrary(),
        given =>
        {
            var bytes = Events.Message(given.headers, given.payload);
            bytes[given.place % bytes.Length] ^= (byte)(1 << given.bit);
            return Refuses(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Headers_that_lie_are_refused_though_their_checksums_are_right()
    {
        foreach (var headers in (byte[][])[[5], [0, 7, 0, 0], [1, (byte)'a'], [1, (byte)'a', 10], [1, (byte)'a', 4, 0, 0, 0], [1, (byte)'a', 7, 0xFF, 0xFF, 0], [1, (byte)'a', 0, 1, (byte)'a', 0]])
        {
            Refuses(Raw(headers)).ShouldBeTrue(Convert.ToHexString(headers));
        }

        Refuses(Raw([.. Enumerable.Range(0, 300).SelectMany(i => (byte[])[2, (byte)(i / 256 + 65), (byte)i, 0])])).ShouldBeTrue();
        Refuses(Raw([1, (byte)'a', 0])).ShouldBeFalse();
    }

    [Theory]
    [InlineData(15, 0)]
    [InlineData(0, 0)]
    [InlineData(17, 2)]
    [InlineData(uint.MaxValue, 0)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(25 * 1024 * 1024, 0)]
    [InlineData(1024 * 1024, 200 * 1024)]
    public async Task Impossible_lengths_are_refused_before_anything_is_read_or_kept(uint length, uint headers)
    {
        var prelude = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(prelude, length);
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(4), headers);
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(8), (uint)Aws.Protocols.Http.Crc.Crc32.Of(prelude.AsSpan(0, 8)));
        using var reader = new EventMessageReader(new MemoryStream(prelude));

        (await Should.ThrowAsync<WireFormatException>(async () => await reader.NextAsync(CancellationToken.None))).Message.ShouldContain("lengths");
    }

    [Fact]
    public async Task Messages_are_taken_off_one_by_one_however_they_are_cut()
    {
        byte[] all = [.. Events.Event("a", "{}"), .. Events.Event("b", new string('x', 100_000)), .. Events.Message([], [])];
        foreach (var step in (int[])[1, 7, 4096, all.Length])
        {
            using var reader = new EventMessageReader(new CutStream(all, step));
            (await reader.NextAsync(CancellationToken.None))!.FindText(":event-type").ShouldBe("a");
            (await reader.NextAsync(CancellationToken.None))!.Payload.Length.ShouldBe(100_000);
            (await reader.NextAsync(CancellationToken.None))!.Headers.ShouldBeEmpty();
            (await reader.NextAsync(CancellationToken.None)).ShouldBeNull();
        }

        for (var end = 1; end < Events.Event("a", "{}").Length; end++)
        {
            using var reader = new EventMessageReader(new CutStream(all[..end], 5));
            (await Should.ThrowAsync<WireFormatException>(async () => await reader.NextAsync(CancellationToken.None))).Message.ShouldContain("ends inside");
        }
    }

    private static bool Refuses(byte[] bytes)
    {
        try
        {
            EventMessage.Read(bytes);
            return false;
        }
        catch (WireFormatException)
        {
            return true;
        }
    }

    private static byte[] Raw(byte[] headers)
    {
        var bytes = new byte[16 + headers.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)bytes.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), (uint)Aws.Protocols.Http.Crc.Crc32.Of(bytes.AsSpan(0, 8)));
        headers.CopyTo(bytes, 12);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - 4), (uint)Aws.Protocols.Http.Crc.Crc32.Of(bytes.AsSpan(0, bytes.Length - 4)));
        return bytes;
    }

    /// <summary>Gives no more than some bytes at a time, as a network does.</summary>
    private sealed class CutStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
