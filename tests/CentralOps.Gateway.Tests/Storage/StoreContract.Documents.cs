using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Storage;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task What_was_written_is_found_by_id_and_by_name_through_another_store_too()
    {
        (await WriteAsync(New("gw-1", "", "first", "{\"a\":\"ü\"}"), New("t-1", "gw-1", "first", kind: "target"))).ShouldBe(WriteOutcome.Written);
        var other = await OpenAsync();
        foreach (var store in new[] { Store, other })
        {
            var found = (await store.FindAsync("gateway", "gw-1", Patience)).ShouldNotBeNull();
            (found.Kind, found.Id, found.Parent, found.Name, found.Version).ShouldBe(("gateway", "gw-1", "", "first", 1));
            Text(found).ShouldBe("{\"a\":\"ü\"}");
            (await store.FindByNameAsync("target", "gw-1", "first", Patience))!.Id.ShouldBe("t-1");
            (await store.FindByNameAsync("target", "gw-2", "first", Patience)).ShouldBeNull();
            (await store.FindAsync("target", "gw-1", Patience)).ShouldBeNull();
        }
    }

    [StoreFact]
    public async Task A_write_is_made_as_a_whole_or_not_at_all()
    {
        await WriteAsync(New("there", name: "there"));
        (await WriteAsync(New("a"), New("there"))).ShouldBe(WriteOutcome.Taken);
        (await WriteAsync(New("a"), New("b", name: "there"))).ShouldBe(WriteOutcome.Taken);
        (await WriteAsync(New("a"), new StoreWrite.Update("gateway", "there", 1, Bytes("1")), new StoreWrite.Update("gateway", "there", 1, Bytes("2")))).ShouldBe(WriteOutcome.Stale);
        (await WriteAsync(New("a"), new StoreWrite.Delete("gateway", "gone", 1))).ShouldBe(WriteOutcome.Stale);
        (await WriteAsync(New("a"), new StoreWrite.Require("gateway", "there", 2))).ShouldBe(WriteOutcome.Stale);
        (await WriteAsync(New("a"), new StoreWrite.AtMost("gateway", null, 1))).ShouldBe(WriteOutcome.Full);
        (await AllAsync(Store, "gateway")).ShouldHaveSingleItem().Version.ShouldBe(1);
        (await WriteAsync(New("a"), new StoreWrite.Require("gateway", "there", 1), new StoreWrite.AtMost("gateway", null, 2), new StoreWrite.Update("gateway", "there", 1, Bytes("1")))).ShouldBe(WriteOutcome.Written);
        (await Store.FindAsync("gateway", "there", Patience))!.Version.ShouldBe(2);
        (await WriteAsync()).ShouldBe(WriteOutcome.Written);
    }

    [StoreFact]
    public async Task A_write_that_throws_in_the_middle_leaves_nothing()
    {
        await Should.ThrowAsync<ArgumentException>(() => WriteAsync(New("a"), New("b\0")));
        (await Store.CountAsync("gateway", null, Patience)).ShouldBe(0);
        (await WriteAsync(New("a"))).ShouldBe(WriteOutcome.Written);
    }

    [StoreFact]
    public async Task Names_are_unique_within_kind_and_parent_and_free_after_a_delete()
    {
        (await WriteAsync(New("1", "p", "name"), New("2", "q", "name"), New("3", "p", "name", kind: "other"), New("4", "p"), New("5", "p"))).ShouldBe(WriteOutcome.Written);
        (await WriteAsync(New("6", "p", "name"))).ShouldBe(WriteOutcome.Taken);
        (await WriteAsync(New("6", "p", "Name"))).ShouldBe(WriteOutcome.Written);
        (await WriteAsync(new StoreWrite.Delete("gateway", "1", 1), New("7", "p", "name"))).ShouldBe(WriteOutcome.Written);
        (await Store.FindByNameAsync("gateway", "p", "name", Patience))!.Id.ShouldBe("7");
    }

    [StoreFact]
    public async Task A_rename_is_refused_where_the_name_is_taken_among_its_siblings()
    {
        await WriteAsync(New("1", "p", "one"), New("2", "p", "two"), New("3", "q", "three"));
        (await WriteAsync(new StoreWrite.Update("gateway", "1", 1, Bytes("{}"), "two"))).ShouldBe(WriteOutcome.Taken);
        (await WriteAsync(new StoreWrite.Update("gateway", "1", 1, Bytes("{}"), "one"))).ShouldBe(WriteOutcome.Written);
        (await WriteAsync(new StoreWrite.Update("gateway", "1", 2, Bytes("[1]"), "three"))).ShouldBe(WriteOutcome.Written);
        (await Store.FindByNameAsync("gateway", "p", "one", Patience)).ShouldBeNull();
        Text(await Store.FindByNameAsync("gateway", "p", "three", Patience)).ShouldBe("[1]");
        (await WriteAsync(new StoreWrite.Update("gateway", "1", 3, Bytes("[2]")))).ShouldBe(WriteOutcome.Written);
        Text(await Store.FindByNameAsync("gateway", "p", "three", Patience)).ShouldBe("[2]");
    }

    [StoreFact]
    public async Task A_listing_has_the_order_of_creation_and_counts_what_it_lists()
    {
        for (var number = 0; number < 10; number++)
        {
            await WriteAsync(New($"z{9 - number}", "p"), New($"a{number}", "q"));
        }

        var all = await AllAsync(Store, "gateway", page: 3);
        all.Select(document => document.Id).ShouldBe(Enumerable.Range(0, 10).SelectMany(number => new[] { $"a{number}", $"z{9 - number}" }));
        (await AllAsync(Store, "gateway", "p", page: 4)).Select(document => document.Id).ShouldBe(Enumerable.Range(0, 10).Select(number => $"z{9 - number}"));
        (await Store.CountAsync("gateway", null, Patience)).ShouldBe(20);
        (await Store.CountAsync("gateway", "q", Patience)).ShouldBe(10);
        (await Store.CountAsync("target", null, Patience)).ShouldBe(0);
        // An update does not move it, and paging goes on behind what is gone.
        await WriteAsync(new StoreWrite.Update("gateway", "a0", 1, Bytes("{}")), new StoreWrite.Delete("gateway", "z7", 1));
        (await Store.ListAsync("gateway", null, all[5].Position, 1, Patience)).ShouldHaveSingleItem().Id.ShouldBe("a3");
        (await AllAsync(Store, "gateway")).First().Id.ShouldBe("a0");
    }

    [StoreFact]
    public async Task What_has_expired_is_gone_its_id_and_name_are_free_and_its_row_is_swept_away()
    {
        var time = new ManualTime();
        var store = await OpenAsync(time);
        var soon = time.GetUtcNow() + TimeSpan.FromMinutes(5);
        (await store.WriteAsync([.. Enumerable.Range(0, 250).Select(number => New($"token-{number}", name: $"n{number}", expires: soon, kind: "token"))], Patience)).ShouldBe(WriteOutcome.Written);
        (await store.WriteAsync([New("token-0", expires: soon, kind: "token")], Patience)).ShouldBe(WriteOutcome.Taken);
        (await store.CountAsync("token", null, Patience)).ShouldBe(250);
        time.Advance(TimeSpan.FromMinutes(6));
        (await store.FindAsync("token", "token-0", Patience)).ShouldBeNull();
        (await store.FindByNameAsync("token", "", "n1", Patience)).ShouldBeNull();
        (await store.CountAsync("token", null, Patience)).ShouldBe(0);
        (await store.ListAsync("token", null, null, 10, Patience)).ShouldBeEmpty();
        (await store.WriteAsync([new StoreWrite.Update("token", "token-0", 1, Bytes("{}"))], Patience)).ShouldBe(WriteOutcome.Stale);
        (await store.WriteAsync([New("token-0", name: "n1", kind: "token")], Patience)).ShouldBe(WriteOutcome.Written);
        (await store.WriteAsync([new StoreWrite.Update("token", "token-0", 1, Bytes("{}"), "n2")], Patience)).ShouldBe(WriteOutcome.Written);
        // Whoever writes what will expire sweeps a part of it; who starts sweeps it all.
        var rows = Convert.ToInt64(await AskAsync("SELECT COUNT(*) FROM centralops_document"), System.Globalization.CultureInfo.InvariantCulture);
        (await store.WriteAsync([New("later", expires: time.GetUtcNow() + TimeSpan.FromHours(1), kind: "token")], Patience)).ShouldBe(WriteOutcome.Written);
        Convert.ToInt64(await AskAsync("SELECT COUNT(*) FROM centralops_document"), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(rows + 1 - 100);
        await OpenAsync(time);
        Convert.ToInt64(await AskAsync("SELECT COUNT(*) FROM centralops_document"), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(2);
    }

    [StoreFact]
    public async Task Hostile_keys_are_kept_as_they_are_or_refused_by_name()
    {
        string[] hostile = ["'; DROP TABLE centralops_document; --", "\" OR 1=1", "%", "_", "@id", "$1", "\\", "a\nb", "\u202Egnp", "😀", "é", "e\u0301", " x ", ":id", "?", "{0}", new string('k', 1_024)];
        (await WriteAsync([.. hostile.Select(text => New(text, text, text, kind: "hostile"))])).ShouldBe(WriteOutcome.Written);
        foreach (var text in hostile)
        {
            (await Store.FindAsync("hostile", text, Patience)).ShouldNotBeNull().Id.ShouldBe(text);
            (await Store.FindByNameAsync("hostile", text, text, Patience)).ShouldNotBeNull().Name.ShouldBe(text);
            (await Store.ListAsync("hostile", text, null, 10, Patience)).ShouldHaveSingleItem().Parent.ShouldBe(text);
        }

        var megabyte = new string('m', 1_000_000);
        (await Should.ThrowAsync<ArgumentException>(() => WriteAsync(New(megabyte)))).Message.ShouldContain("id has 1000000 characters; at most 1024 bytes");
        (await Should.ThrowAsync<ArgumentException>(() => WriteAsync(New("x", name: new string('ü', 600))))).Message.ShouldContain("name has 1200 bytes");
        (await Should.ThrowAsync<ArgumentException>(() => WriteAsync(New("x", "p\0")))).Message.ShouldContain("parent holds the character U+0000");
        (await Should.ThrowAsync<ArgumentException>(() => WriteAsync(New("\uD800")))).Message.ShouldContain("half of a surrogate pair");
        (await Should.ThrowAsync<ArgumentException>(() => WriteAsync(New("")))).Message.ShouldContain("id is empty");
        (await Should.ThrowAsync<ArgumentException>(() => WriteAsync(new StoreWrite.Update("gateway", "x", 1, new byte[StoreLimits.BodyBytes + 1])))).Message.ShouldContain("body has");
        await Should.ThrowAsync<ArgumentException>(() => WriteAsync([.. Enumerable.Range(0, 1_001).Select(number => New($"{number}"))]));
        foreach (var text in new[] { megabyte, "a\0", "\uDFFF" })
        {
            (await Store.FindAsync("hostile", text, Patience)).ShouldBeNull();
            (await Store.FindByNameAsync("hostile", text, text, Patience)).ShouldBeNull();
            (await Store.ListAsync(text, text, new StoredPosition(0, text), 10, Patience)).ShouldBeEmpty();
            (await Store.CountAsync(text, text, Patience)).ShouldBe(0);
        }

        (await AllAsync(Store, "hostile")).Count.ShouldBe(hostile.Length);
    }

    [StoreFact]
    public async Task A_hundred_megabytes_are_listed_in_pages_of_a_bounded_size()
    {
        var body = new byte[1_000_000];
        for (var number = 0; number < 100; number++)
        {
            Random.Shared.NextBytes(body);
            (await WriteAsync(new StoreWrite.Insert("large", $"{number:D3}", "", null, body.ToArray()))).ShouldBe(WriteOutcome.Written);
        }

        var (seen, after) = (0, (StoredPosition?)null);
        while (await Store.ListAsync("large", null, after, 1_000, Patience) is { Count: > 0 } page)
        {
            page.Sum(document => (long)document.Body.Length).ShouldBeLessThanOrEqualTo(StoreLimits.PageBytes);
            seen += page.Count;
            after = page[^1].Position;
        }

        seen.ShouldBe(100);
        (await WriteAsync(new StoreWrite.Insert("large", "largest", "", null, new byte[StoreLimits.BodyBytes]), new StoreWrite.Insert("large", "none", "", null, default))).ShouldBe(WriteOutcome.Written);
        (await Store.FindAsync("large", "largest", Patience))!.Body.Length.ShouldBe(StoreLimits.BodyBytes);
        (await Store.FindAsync("large", "none", Patience))!.Body.Length.ShouldBe(0);
    }
}
