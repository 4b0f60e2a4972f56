using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Gateway.Tests.Storage.Sealing;

namespace CentralOps.Gateway.Tests.Storage;

public abstract partial class StoreContract
{
    private const string Plain = "very-secret-value-91c1f0d2";

    /// <summary>Every directory that the database writes to, after it wrote everything.</summary>
    protected abstract Task<IReadOnlyList<string>> FilesAsync();

    [StoreFact]
    public async Task A_secret_stands_in_none_of_the_databases_files()
    {
        var secrets = new SealedStore(Store, new Sealer(SealerTests.Keys("k1")));
        (await WriteAsync(New("provider", body: "{\"marker\":\"plain-marker-5a\"}"), secrets.Insert("provider", "provider", new Secret(Plain)))).ShouldBe(WriteOutcome.Written);
        (await WriteAsync(secrets.Update("provider", 1, new Secret(Plain + "2")))).ShouldBe(WriteOutcome.Written);
        (await secrets.FindAsync("provider", Patience))!.Value.Reveal().ShouldBe(Plain + "2");
        var files = await FilesAsync();
        var (found, told) = (0, new List<string>());
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, Patience);
            found += Holds(bytes, "plain-marker-5a") ? 1 : 0;
            told.AddRange(new[] { "very-secret-value", Convert.ToBase64String(Bytes(Plain[..15])) }.Where(text => Holds(bytes, text)).Select(_ => file));
        }

        found.ShouldBeGreaterThan(0, "what is not secret is found: the search works");
        told.ShouldBeEmpty();
    }

    [StoreFact]
    public async Task A_secrets_row_that_is_copied_to_another_does_not_open_there()
    {
        var secrets = new SealedStore(Store, new Sealer(SealerTests.Keys("k1")));
        await WriteAsync(secrets.Insert("one", "", new Secret("first")), secrets.Insert("two", "", new Secret("second")));
        await AskAsync("UPDATE centralops_document SET body = (SELECT body FROM centralops_document WHERE id = 'one') WHERE id = 'two'");
        (await secrets.FindAsync("one", Patience))!.Value.Reveal().ShouldBe("first");
        (await Should.ThrowAsync<SealingException>(async () => await secrets.FindAsync("two", Patience))).Message.ShouldContain("secret two does not open");
        (await secrets.FindAsync("three", Patience)).ShouldBeNull();
    }

    [StoreFact]
    public async Task A_rotation_that_was_stopped_goes_on_where_it_was_and_loses_no_change_made_meanwhile()
    {
        var old = new SealedStore(Store, new Sealer(SealerTests.Keys("old")));
        for (var number = 0; number < 250; number += 50)
        {
            await WriteAsync([.. Enumerable.Range(number, 50).Select(each => old.Insert($"{each}", "", new Secret($"value {each}")))]);
        }

        var rotating = new SealedStore(Store, new Sealer(SealerTests.Keys("new", "old")));
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Patience))
        {
            var other = await OpenAsync();
            var first = new SealedStore(new StoppingStore(other, stop, writes: 40), new Sealer(SealerTests.Keys("new", "old")));
            await Should.ThrowAsync<OperationCanceledException>(async () => await first.RotateAsync(stop.Token));
        }

        // A replica that does not know yet that keys change.
        var changing = (await old.FindAsync("200", Patience))!;
        (await WriteAsync(old.Update("200", changing.Version, new Secret("changed")))).ShouldBe(WriteOutcome.Written);
        var rotation = await rotating.RotateAsync(Patience);
        rotation.Resealed.ShouldBe(210);
        rotation.Unopened.ShouldBeEmpty();
        (await rotating.RotateAsync(Patience)).Resealed.ShouldBe(0);
        var after = new SealedStore(Store, new Sealer(SealerTests.Keys("new")));
        for (var number = 0; number < 250; number++)
        {
            (await after.FindAsync($"{number}", Patience))!.Value.Reveal().ShouldBe(number == 200 ? "changed" : $"value {number}");
        }
    }

    [StoreFact]
    public async Task A_rotation_tells_what_it_cannot_open_and_does_the_rest()
    {
        await WriteAsync(new SealedStore(Store, new Sealer(SealerTests.Keys("lost"))).Insert("a", "", new Secret("x")), new SealedStore(Store, new Sealer(SealerTests.Keys("old"))).Insert("b", "", new Secret("y")));
        var rotation = await new SealedStore(Store, new Sealer(SealerTests.Keys("new", "old"))).RotateAsync(Patience);
        rotation.Resealed.ShouldBe(1);
        rotation.Unopened.ShouldHaveSingleItem().ShouldContain("secret a was sealed with the key lost, which is not among the keys here");
    }

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Bytes(text)) >= 0;

    /// <summary>Is cancelled after so many writes.</summary>
    private sealed class StoppingStore(IStore store, CancellationTokenSource stop, int writes) : IStore
    {
        private int _left = writes;

        public ValueTask<StoredDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) => store.FindAsync(kind, id, cancellationToken);

        public ValueTask<StoredDocument?> FindByNameAsync(string kind, string parent, string name, CancellationToken cancellationToken) => store.FindByNameAsync(kind, parent, name, cancellationToken);

        public ValueTask<IReadOnlyList<StoredDocument>> ListAsync(string kind, string? parent, StoredPosition? after, int limit, CancellationToken cancellationToken) => store.ListAsync(kind, parent, after, limit, cancellationToken);

        public ValueTask<long> CountAsync(string kind, string? parent, CancellationToken cancellationToken) => store.CountAsync(kind, parent, cancellationToken);

        public async ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<StoreWrite> changes, CancellationToken cancellationToken)
        {
            if (_left-- == 0)
            {
                await stop.CancelAsync();
            }

            return await store.WriteAsync(changes, cancellationToken);
        }

        public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellationToken) => store.WatchAsync(cancellationToken);

        public ValueTask<bool> TryLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken) => store.TryLeaseAsync(name, owner, duration, cancellationToken);

        public ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken) => store.ReleaseAsync(name, owner, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
