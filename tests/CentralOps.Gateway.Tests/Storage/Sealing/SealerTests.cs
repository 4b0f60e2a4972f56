using System.Security.Cryptography;
using System.Text;
using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Gateway.Tests.Fixtures;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Gateway.Tests.Storage.Sealing;

public sealed class SealerTests
{
    private static readonly MasterKeys Old = Keys("old");
    private static readonly MasterKeys Both = Keys("new", "old");

    [Fact]
    public void What_was_sealed_opens_in_its_row()
    {
        var sealer = new Sealer(Old);
        foreach (var secret in new[] { "", "s", new string('k', 65_536) })
        {
            Encoding.UTF8.GetString(sealer.Open("secret", "a", sealer.Seal("secret", "a", Encoding.UTF8.GetBytes(secret)))).ShouldBe(secret);
        }

        sealer.Seal("secret", "a", "same"u8).ShouldNotBe(sealer.Seal("secret", "a", "same"u8));
    }

    [Theory]
    [InlineData("secret", "b")]
    [InlineData("secrets", "a")]
    [InlineData("secre", "ta")]
    [InlineData("secreta", "")]
    public void A_value_that_was_copied_to_another_row_does_not_open(string kind, string id)
    {
        var sealer = new Sealer(Old);
        var copied = sealer.Seal("secret", "a", "value"u8);
        Should.Throw<SealingException>(() => sealer.Open(kind, id, copied)).Message.ShouldContain("it was changed, or moved from another row");
    }

    [Fact]
    public void A_value_with_any_bit_changed_or_any_byte_missing_does_not_open()
    {
        var sealer = new Sealer(Old);
        var whole = sealer.Seal("secret", "a", "value"u8);
        for (var at = 0; at < whole.Length; at++)
        {
            Should.Throw<SealingException>(() => sealer.Open("secret", "a", whole.AsSpan(0, at)));
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = whole.ToArray();
                changed[at] ^= (byte)(1 << bit);
                Should.Throw<SealingException>(() => sealer.Open("secret", "a", changed)).Message.ShouldNotContain("value");
            }
        }
    }

    [Fact]
    public void Any_bytes_at_all_open_or_are_refused() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            Should.Throw<SealingException>(() => new Sealer(Old).Open("secret", "a", bytes));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_newest_key_seals_and_every_key_opens()
    {
        var byOld = new Sealer(Old).Seal("secret", "a", "value"u8);
        var sealer = new Sealer(Both);
        sealer.Open("secret", "a", byOld).ShouldBe("value"u8.ToArray());
        var byNew = sealer.Seal("secret", "a", "value"u8);
        sealer.KeyId.ShouldBe("new");
        Should.Throw<SealingException>(() => new Sealer(Old).Open("secret", "a", byNew)).Message.ShouldContain("sealed with the key new, which is not among the keys here: add it to CENTRALOPS_MASTER_KEY");
        // The same id with another key is another key.
        Should.Throw<SealingException>(() => new Sealer(Keys("old", seed: 9)).Open("secret", "a", byOld));
    }

    [Theory]
    [InlineData("", "holds 0 keys")]
    [InlineData(" , ", "holds 0 keys")]
    [InlineData("c2VjcmV0", "key number 1 has no colon")]
    [InlineData("a b:c2VjcmV0", "key number 1 has an id that is not")]
    [InlineData(":c2VjcmV0", "key number 1 has an id that is not")]
    [InlineData("k1:c2VjcmV0", "key number 1 (k1) is not base64 of 32 bytes: make one with 'openssl rand -base64 32'")]
    [InlineData("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "is not base64 of 32 bytes")]
    [InlineData("k1:*AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "is not base64 of 32 bytes")]
    [InlineData("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "the id k1 stands there twice")]
    public void Wrong_keys_are_refused_with_the_repair_and_without_the_key(string text, string why)
    {
        MasterKeys.TryParse(text, MasterKeys.Variable, out _, out var fault).ShouldBeFalse();
        fault.ShouldContain(why);
        fault.ShouldStartWith("CENTRALOPS_MASTER_KEY");
        fault.ShouldNotContain("c2VjcmV0");
        fault.ShouldNotContain("AAAA");
    }

    [Fact]
    public void Keys_have_no_text_form()
    {
        Both.ToString().ShouldBe("2 master keys, new seals");
        Both.Newest.ToString().ShouldBe("master key new");
        var key = MasterKey.New(new ManualTime());
        key.Id.ShouldStartWith("20261122-");
        MasterKey.New(new ManualTime()).Reveal().ShouldNotBe(key.Reveal());
    }

    internal static MasterKeys Keys(string newest, string? other = null, byte seed = 1)
    {
        var text = string.Join(',', new[] { newest, other }.Where(id => id is not null).Select(id => $"{id}:{Convert.ToBase64String(SHA256.HashData([.. Encoding.UTF8.GetBytes(id!), seed]))}"));
        MasterKeys.TryParse(text, "test", out var keys, out var fault).ShouldBeTrue(fault);
        return keys;
    }
}
