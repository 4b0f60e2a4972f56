using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Storage.Sealing;

public sealed class MasterKeyFileTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory = Directory.CreateTempSubdirectory("cops-key-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "keys", "master.key");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_missing_file_is_made_for_its_owner_alone_and_read_again()
    {
        var made = MasterKeyFile.Open(Path, new ManualTime(), out var isNew);
        isNew.ShouldBeTrue();
        File.GetUnixFileMode(Path).ShouldBe(OwnersFile);
        File.GetUnixFileMode(System.IO.Path.GetDirectoryName(Path)!).ShouldBe(OwnersFile | UnixFileMode.UserExecute);
        Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).ShouldHaveSingleItem();
        var again = MasterKeyFile.Open(Path, new ManualTime(), out isNew);
        isNew.ShouldBeFalse();
        new Sealer(again).Open("secret", "a", new Sealer(made).Seal("secret", "a", "value"u8)).ShouldBe("value"u8.ToArray());
    }

    [Fact]
    public async Task Processes_that_start_at_once_have_one_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => (Keys: MasterKeyFile.Open(Path, new ManualTime(), out var isNew), IsNew: isNew))));
        keys.Select(one => one.Keys.Newest.Reveal()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        keys.Count(one => one.IsNew).ShouldBe(1);
        Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(OwnersFile | UnixFileMode.GroupRead)]
    [InlineData(OwnersFile | UnixFileMode.OtherRead)]
    [InlineData(OwnersFile | UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_read_or_write_is_refused(UnixFileMode mode)
    {
        MasterKeyFile.Open(Path, new ManualTime(), out _);
        File.SetUnixFileMode(Path, mode);
        Should.Throw<GatewayStartException>(() => MasterKeyFile.Open(Path, new ManualTime(), out _)).Message.ShouldContain("'chmod 600' it");
    }

    [Fact]
    public void A_file_without_keys_is_refused_and_not_overwritten()
    {
        MasterKeyFile.Open(Path, new ManualTime(), out _);
        foreach (var text in new[] { "", "nonsense", new string('x', 20_000) })
        {
            File.WriteAllText(Path, text);
            var refused = Should.Throw<GatewayStartException>(() => MasterKeyFile.Open(Path, new ManualTime(), out _)).Message;
            refused.ShouldContain(Path);
            refused.ShouldNotContain("nonsense");
            File.ReadAllText(Path).ShouldBe(text);
        }

        Should.Throw<GatewayStartException>(() => MasterKeyFile.Open("/proc/none/key", new ManualTime(), out _)).Message.ShouldContain("cannot be read or made");
    }
}
