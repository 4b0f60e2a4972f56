using System.Diagnostics;
using System.Globalization;
using CentralOps.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway.Tests.Storage;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task Of_those_who_update_one_version_at_once_one_succeeds()
    {
        await WriteAsync(New("gw"));
        var other = await OpenAsync();
        for (var version = 1; version <= 5; version++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
                await (number % 2 == 0 ? Store : other).WriteAsync([new StoreWrite.Update("gateway", "gw", version, Bytes($"{number}"))], Patience))));
            outcomes.Count(outcome => outcome is WriteOutcome.Written).ShouldBe(1);
            outcomes.Count(outcome => outcome is WriteOutcome.Stale).ShouldBe(19);
        }
    }

    [StoreFact]
    public async Task Nothing_is_lost_where_two_stores_read_change_and_write()
    {
        await WriteAsync(New("counter", body: "0"));
        var other = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => CountUpAsync(number % 2 == 0 ? Store : other, 25))));
        var counter = await Store.FindAsync("gateway", "counter", Patience);
        Text(counter).ShouldBe("200");
        counter!.Version.ShouldBe(201);
    }

    [StoreFact]
    public async Task A_quota_holds_exactly_and_no_child_is_left_without_its_parent()
    {
        var other = await OpenAsync();
        await WriteAsync(New("gw"));
        var children = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(async () =>
            await (number % 2 == 0 ? Store : other).WriteAsync(
                [new StoreWrite.Require("gateway", "gw", 1), New($"t{number}", "gw", kind: "target"), new StoreWrite.AtMost("target", "gw", 10)], Patience))));
        children.Count(outcome => outcome is WriteOutcome.Written).ShouldBe(10);
        children.Count(outcome => outcome is WriteOutcome.Full).ShouldBe(14);

        for (var round = 0; round < 10; round++)
        {
            await WriteAsync(New($"parent{round}"));
            var (parent, id) = ($"parent{round}", $"child{round}");
            var created = Task.Run(async () => await Store.WriteAsync([new StoreWrite.Require("gateway", parent, 1), New(id, parent, kind: "target")], Patience));
            var deleted = Task.Run(async () => await other.WriteAsync([new StoreWrite.AtMost("target", parent, 0), new StoreWrite.Delete("gateway", parent, 1)], Patience));
            await Task.WhenAll(created, deleted);
            ((await created) is WriteOutcome.Written).ShouldNotBe((await deleted) is WriteOutcome.Written);
        }
    }

    [StoreFact]
    public async Task What_was_there_is_listed_once_each_while_others_write()
    {
        (await WriteAsync([.. Enumerable.Range(0, 200).Select(number => New($"old{number:D3}"))])).ShouldBe(WriteOutcome.Written);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Patience);
        var other = await OpenAsync();
        var written = 0;
        var writer = Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                await other.WriteAsync([New($"new{number}")], Patience);
                await other.WriteAsync(number % 2 == 0 ? [new StoreWrite.Delete("gateway", $"new{number}", 1)] : [new StoreWrite.Update("gateway", $"old{number % 200:D3}", 1, Bytes("{}"))], Patience);
                Volatile.Write(ref written, number);
            }
        });
        for (var round = 0; round < 5 || Volatile.Read(ref written) < 20; round++)
        {
            var all = await AllAsync(Store, "gateway", page: 9);
            all.Select(document => document.Id).ShouldBeUnique();
            all.Where(document => document.Id.StartsWith("old", StringComparison.Ordinal)).Select(document => document.Id).ShouldBe(Enumerable.Range(0, 200).Select(number => $"old{number:D3}"));
            all.Select(document => document.Position.Created).ShouldBeInOrder();
        }

        await stop.CancelAsync();
        await writer;
    }

    [StoreFact]
    public async Task A_watch_yields_at_once_and_after_each_change_and_ends_when_it_is_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Patience);
        var other = await OpenAsync();
        await using var watch = Store.WatchAsync(stop.Token).GetAsyncEnumerator();
        (await watch.MoveNextAsync()).ShouldBeTrue();
        var first = watch.Current;
        for (var number = 0; number < 3; number++)
        {
            var next = watch.MoveNextAsync();
            // Refused: nothing changed, nothing is told.
            await other.WriteAsync([new StoreWrite.Delete("gateway", "none", 1)], Patience);
            await (number == 1 ? Store : other).WriteAsync([New($"{number}")], Patience);
            (await next).ShouldBeTrue();
            watch.Current.ShouldBeGreaterThan(first);
            first = watch.Current;
        }

        var last = watch.MoveNextAsync();
        await stop.CancelAsync();
        (await last).ShouldBeFalse();
    }

    [StoreFact]
    public async Task Another_processs_change_is_seen_within_a_second()
    {
        using var writer = WriterProcess.Start(Url, 0);
        await using var watch = Store.WatchAsync(Patience).GetAsyncEnumerator();
        (await watch.MoveNextAsync()).ShouldBeTrue();
        var fastest = TimeSpan.MaxValue;
        for (var number = 0; number < 5; number++)
        {
            var next = watch.MoveNextAsync();
            await writer.AskAsync();
            (await writer.AcknowledgedAsync(Patience)).ShouldBe($"{number}");
            var acknowledged = Stopwatch.GetTimestamp();
            (await next).ShouldBeTrue();
            fastest = TimeSpan.FromTicks(Math.Min(fastest.Ticks, Stopwatch.GetElapsedTime(acknowledged).Ticks));
            (await Store.FindAsync(WriterProcess.Kind, $"{number}-b", Patience)).ShouldNotBeNull();
        }

        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [StoreFact]
    public async Task What_was_acknowledged_before_a_kill_is_there_and_no_write_is_there_in_part()
    {
        using var writer = WriterProcess.Start(Url, int.MaxValue);
        var acknowledged = -1;
        while (acknowledged < 300 && await writer.AcknowledgedAsync(Patience) is { } line)
        {
            acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
        }

        writer.Kill();
        while (await writer.AcknowledgedAsync(Patience) is { Length: > 0 } line)
        {
            acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
        }

        acknowledged.ShouldBeGreaterThanOrEqualTo(300, "it was killed in the middle of more");
        var store = await OpenAsync();
        var all = await AllAsync(store, WriterProcess.Kind, page: 500);
        var numbers = all.GroupBy(document => int.Parse(document.Id.Split('-')[0], CultureInfo.InvariantCulture)).ToDictionary(pair => pair.Key, pair => pair.ToList());
        Enumerable.Range(0, acknowledged + 1).ShouldAllBe(number => numbers.ContainsKey(number));
        numbers.Count.ShouldBeInRange(acknowledged + 1, acknowledged + 2, "one may have been written without having been told");
        numbers.ShouldAllBe(pair => pair.Value.Count == 2 && pair.Value.All(half => Text(half).StartsWith($"{{\"number\":{pair.Key},", StringComparison.Ordinal) && Text(half).EndsWith("x\"}", StringComparison.Ordinal)));
        (await store.WriteAsync([New("after")], Patience)).ShouldBe(WriteOutcome.Written);
    }

    [StoreFact]
    public async Task A_lease_has_one_owner_who_may_renew_it_and_whoever_waits_has_it_when_its_owner_died()
    {
        var other = await OpenAsync();
        (await Store.TryLeaseAsync("sync", "a", TimeSpan.FromHours(1), Patience)).ShouldBeTrue();
        (await other.TryLeaseAsync("sync", "b", TimeSpan.FromHours(1), Patience)).ShouldBeFalse();
        (await other.TryLeaseAsync("other", "b", TimeSpan.FromHours(1), Patience)).ShouldBeTrue();
        (await other.TryLeaseAsync("sync", "a", TimeSpan.FromHours(1), Patience)).ShouldBeTrue("its owner may come through another store");
        await other.ReleaseAsync("sync", "b", Patience);
        (await other.TryLeaseAsync("sync", "b", TimeSpan.FromHours(1), Patience)).ShouldBeFalse("only its owner releases it");
        await Store.ReleaseAsync("sync", "a", Patience);
        // Its owner renews it with a short one and is not heard of again.
        (await other.TryLeaseAsync("sync", "b", TimeSpan.FromMilliseconds(300), Patience)).ShouldBeTrue();
        var waited = Stopwatch.GetTimestamp();
        while (!await Store.TryLeaseAsync("sync", "a", TimeSpan.FromHours(1), Patience))
        {
            await Task.Delay(20, Patience);
        }

        (await other.TryLeaseAsync("sync", "b", TimeSpan.FromHours(1), Patience)).ShouldBeFalse();
        Stopwatch.GetElapsedTime(waited).ShouldBeLessThan(TimeSpan.FromSeconds(60));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.TryLeaseAsync("sync", "a", TimeSpan.Zero, Patience));
    }

    [StoreFact]
    public async Task Of_ten_who_want_a_lease_at_once_one_has_it()
    {
        var other = await OpenAsync();
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(async () => await (number % 2 == 0 ? Store : other).TryLeaseAsync("one", $"{number}", TimeSpan.FromHours(1), Patience))));
        taken.Count(has => has).ShouldBe(1);
    }

    [StoreFact]
    public async Task Replicas_that_start_at_once_make_the_tables_once()
    {
        Url = await CreateDatabaseAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => OpenAsync())));
        (await stores[0].WriteAsync([New("gw")], Patience)).ShouldBe(WriteOutcome.Written);
        (await stores[5].FindAsync("gateway", "gw", Patience)).ShouldNotBeNull();
        Convert.ToInt64(await AskAsync("SELECT COUNT(*) FROM centralops_migration"), CultureInfo.InvariantCulture).ShouldBe(CentralOps.Gateway.Storage.Migrations.All.Count);
    }

    [StoreFact]
    public async Task A_newer_versions_schema_is_refused_with_a_sentence()
    {
        await AskAsync("INSERT INTO centralops_migration (number, applied) VALUES (99, 0)");
        DatabaseUrl.TryParse(Url, out var url, out _).ShouldBeTrue();
        var refused = await Should.ThrowAsync<GatewayStartException>(async () => await Stores.OpenAsync(url!, TimeProvider.System, NullLoggerFactory.Instance, Patience));
        refused.Message.ShouldContain("has schema 99, made by a newer version");
    }

    [StoreFact]
    public async Task Whoever_gives_up_waiting_leaves_nothing_behind_and_the_store_goes_on()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await Store.WriteAsync([New("gw")], given.Token));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Store.FindAsync("gateway", "gw", given.Token));
        for (var round = 0; round < 20; round++)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(round));
            try
            {
                await Store.WriteAsync([New($"{round}-a"), New($"{round}-b")], soon.Token);
            }
            catch (OperationCanceledException)
            {
                // Either both are there or none.
            }

            ((await Store.FindAsync("gateway", $"{round}-a", Patience)) is null).ShouldBe((await Store.FindAsync("gateway", $"{round}-b", Patience)) is null);
        }

        (await WriteAsync(New("gw"))).ShouldBe(WriteOutcome.Written);
    }

    private async Task CountUpAsync(IStore store, int times)
    {
        for (var done = 0; done < times;)
        {
            var counter = (await store.FindAsync("gateway", "counter", Patience))!;
            var next = int.Parse(Text(counter), CultureInfo.InvariantCulture) + 1;
            done += await store.WriteAsync([new StoreWrite.Update("gateway", "counter", counter.Version, Bytes($"{next}"))], Patience) is WriteOutcome.Written ? 1 : 0;
        }
    }
}
