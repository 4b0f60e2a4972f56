using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Gateway.Tests.Control.Fixtures;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Storage.Sealing;

public sealed class KeyRotationTests : IDisposable
{
    private const int Secrets = 25;

    private readonly string _directory = Directory.CreateTempSubdirectory("cops-rotate-").FullName;
    private readonly MemoryStore _store = new(TimeProvider.System);
    private readonly ManualTime _time = new();

    private string Path => System.IO.Path.Combine(_directory, "gateway.key");

    private MasterKeys InFile => MasterKeyFile.Open(Path, _time, out _);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(24)]
    public async Task A_rotation_that_is_stopped_between_secrets_leaves_all_readable_and_goes_on_where_it_was(int writes)
    {
        var old = await FillAsync();
        var left = writes;
        _store.BeforeWrite = _ =>
        {
            if (left-- == 0)
            {
                throw new InvalidOperationException("The process ends here.");
            }
        };

        await Should.ThrowAsync<InvalidOperationException>(async () => await RotateAsync());

        _store.BeforeWrite = static _ => { };
        var between = InFile;
        between.Ids.Count.ShouldBe(2);
        between.Ids[1].ShouldBe(old.Newest.Id);
        await ReadableAsync(between);

        var rotated = await RotateAsync();

        (rotated.KeyId, rotated.Resealed, rotated.Resumed).ShouldBe((between.Newest.Id, Secrets - writes, true));
        rotated.Retired.ShouldBe([old.Newest.Id]);
        InFile.Ids.ShouldBe([between.Newest.Id]);
        await ReadableAsync(InFile);
        await Should.ThrowAsync<SealingException>(async () => await new SealedStore(_store, new Sealer(old)).FindAsync("7", default));
    }

    [Fact]
    public async Task Every_rotation_makes_a_key_of_its_own_and_a_kept_one_stays_behind()
    {
        var old = await FillAsync();
        var first = await new KeyRotation(_store, _time).RotateFileAsync(Path, given: null, keepOld: true, default);
        first.Retired.ShouldBeEmpty();
        InFile.Ids.ShouldBe([first.KeyId, old.Newest.Id]);

        var second = await RotateAsync();

        second.Resumed.ShouldBeFalse();
        second.Resealed.ShouldBe(Secrets);
        second.Retired.ShouldBe([first.KeyId, old.Newest.Id]);
        await ReadableAsync(InFile);
    }

    [Fact]
    public async Task A_given_key_is_taken_and_one_whose_id_is_there_is_refused_with_nothing_changed()
    {
        var old = await FillAsync();
        var before = await File.ReadAllTextAsync(Path);
        var taken = (await Should.ThrowAsync<GatewayStartException>(async () => await new KeyRotation(_store, _time).RotateFileAsync(Path, Key(old.Newest.Id), keepOld: false, default))).Message;
        taken.ShouldContain(old.Newest.Id);
        taken.ShouldNotContain(Convert.ToBase64String(new byte[32]));
        (await File.ReadAllTextAsync(Path)).ShouldBe(before);

        (await new KeyRotation(_store, _time).RotateFileAsync(Path, Key("mine"), keepOld: false, default)).KeyId.ShouldBe("mine");
        InFile.Ids.ShouldBe(["mine"]);
    }

    [Fact]
    public async Task No_key_is_retired_while_a_secret_does_not_open()
    {
        var old = await FillAsync();
        await _store.WriteAsync([new SealedStore(_store, new Sealer(SealerTests.Keys("lost"))).Insert("lost", "", new Secret("x"))], default);

        var rotated = await RotateAsync();

        rotated.Resealed.ShouldBe(Secrets);
        rotated.Retired.ShouldBeEmpty();
        rotated.Unopened.ShouldHaveSingleItem().ShouldContain("sealed with the key lost");
        InFile.Ids.ShouldContain(old.Newest.Id);
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_directory).ShouldHaveSingleItem();
    }

    private static MasterKey Key(string id)
    {
        MasterKey.TryParse($"{id}:{Convert.ToBase64String(new byte[32])}", out var key, out var fault).ShouldBeTrue(fault);
        return key!;
    }

    private ValueTask<KeyRotated> RotateAsync() => new KeyRotation(_store, _time).RotateFileAsync(Path, given: null, keepOld: false, default);

    private async Task<MasterKeys> FillAsync()
    {
        var keys = InFile;
        var secrets = new SealedStore(_store, new Sealer(keys));
        await _store.WriteAsync([.. Enumerable.Range(0, Secrets).Select(number => secrets.Insert($"{number}", "", new Secret($"value {number}")))], default);
        return keys;
    }

    private async Task ReadableAsync(MasterKeys keys)
    {
        var secrets = new SealedStore(_store, new Sealer(keys));
        for (var number = 0; number < Secrets; number++)
        {
            (await secrets.FindAsync($"{number}", default))!.Value.Reveal().ShouldBe($"value {number}");
        }
    }
}
