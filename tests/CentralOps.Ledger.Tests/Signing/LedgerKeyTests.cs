using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Tests.Fixtures;

namespace CentralOps.Ledger.Tests.Signing;

public sealed class LedgerKeyTests : IDisposable
{
    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    private string KeyPath => Path.Combine(_ledger.Directory, "key.pem");

    [Fact]
    public void A_key_is_made_once_for_its_owner_alone_and_its_public_half_is_the_same_key()
    {
        var keys = Enumerable.Range(0, 8).AsParallel().Select(_ => LedgerKey.ReadOrMake(KeyPath)).ToList();
        keys.Select(static key => key.Id).Distinct().ShouldHaveSingleItem();
        File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_ledger.Directory).ShouldHaveSingleItem();
        LedgerKey.FromPem(keys[0].PublicPem())!.Id.ShouldBe(keys[0].Id);
        keys[0].ToString().ShouldBe(keys[0].Id);
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        LedgerKey.ReadOrMake(KeyPath).Dispose();
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Should.Throw<LedgerUnavailableException>(() => LedgerKey.Read(KeyPath)).Message.ShouldContain("chmod 600");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_is_refused_without_being_told(string text)
    {
        File.WriteAllText(KeyPath, text);
        var refused = Should.Throw<LedgerUnavailableException>(() => LedgerKey.Read(KeyPath)).Message;
        refused.ShouldContain("holds no P-256 key in PEM");
        refused.ShouldNotContain("AAAA");
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        LedgerKey.FromPem(other.ExportPkcs8PrivateKeyPem()).ShouldBeNull();
    }
}
