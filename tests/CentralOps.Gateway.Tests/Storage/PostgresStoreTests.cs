using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CentralOps.Gateway.Tests.Storage;

public sealed class PostgresStoreTests : StoreContract
{
    private string Database => Url[(Url.LastIndexOf('/') + 1)..];

    [StoreFact]
    public async Task A_server_that_crashes_and_comes_back_loses_nothing_that_was_acknowledged()
    {
        await using var server = await PostgresServer.StartAsync();
        DatabaseUrl.TryParse(await server.CreateDatabaseAsync(), out var url, out _).ShouldBeTrue();
        var logs = new TestLogs();
        await using var store = await Stores.OpenAsync(url!, TimeProvider.System, logs, Patience);
        await using var watch = store.WatchAsync(Patience).GetAsyncEnumerator();
        (await watch.MoveNextAsync()).ShouldBeTrue();
        var acknowledged = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Patience);
        var writer = Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                // A write that failed may be there or not; the store says so, and it is written again under its own id.
                while (!await TryWriteAsync(store, $"{number}"))
                {
                    await Task.Delay(20, Patience);
                }

                Volatile.Write(ref acknowledged, number + 1);
            }
        });
        for (var round = 0; round < 3; round++)
        {
            var before = Volatile.Read(ref acknowledged);
            await UntilAsync(() => Volatile.Read(ref acknowledged) > before + 50);
            await server.CrashAsync();
            await server.ResumeAsync();
        }

        var back = Volatile.Read(ref acknowledged);
        await UntilAsync(() => Volatile.Read(ref acknowledged) > back + 20);
        await stop.CancelAsync();
        await writer;
        var all = await AllAsync(store, "gateway", page: 500);
        all.Select(document => document.Id).ShouldBe(Enumerable.Range(0, acknowledged).Select(number => $"{number}"));
        var revision = (long)(await server.ExecuteAsync("gateway_1", "SELECT value FROM centralops_revision"))!;
        while (watch.Current != revision)
        {
            (await watch.MoveNextAsync()).ShouldBeTrue();
        }

        // Away and back, without a change in between: it is told all the same.
        var next = watch.MoveNextAsync().AsTask();
        await server.CrashAsync();
        (await Should.ThrowAsync<StoreException>(async () => await store.FindAsync("gateway", "0", Patience))).Message.ShouldContain("does not answer: look whether it runs");
        await server.ResumeAsync();
        (await next).ShouldBeTrue();
        watch.Current.ShouldBe(revision);
        logs.Lines.ShouldContain(line => line.Text.StartsWith("Changes cannot be watched for the moment. The database postgres://127.0.0.1/", StringComparison.Ordinal));
        logs.Lines.ShouldAllBe(line => !line.Text.Contains("p@ss", StringComparison.Ordinal));
    }

    [StoreFact]
    public async Task Connections_that_the_server_ends_are_replaced_unseen()
    {
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Store.CountAsync("gateway", null, Patience).AsTask()));
            await (await PostgresServer.Shared).ExecuteAsync("postgres", $"SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{Database}'");
            (await WriteAsync(New($"{round}"))).ShouldBe(WriteOutcome.Written);
        }
    }

    [StoreFact]
    public async Task A_commit_whose_answer_is_lost_is_no_lost_write_and_no_second_one()
    {
        foreach (var reaches in new[] { true, false })
        {
            await using var wire = new CuttingWire((await PostgresServer.Shared).Port, reaches);
            DatabaseUrl.TryParse(Url.Replace($":{(await PostgresServer.Shared).Port}/", $":{wire.Port}/", StringComparison.Ordinal), out var url, out var fault).ShouldBeTrue(fault);
            await using var store = await Stores.OpenAsync(url!, TimeProvider.System, NullLoggerFactory.Instance, Patience);
            wire.CutNextCommit();
            (await store.WriteAsync([New($"{reaches}"), new StoreWrite.AtMost("gateway", null, 100)], Patience)).ShouldBe(WriteOutcome.Written);
            wire.Cuts.ShouldBe(1);
            (await Store.FindAsync("gateway", $"{reaches}", Patience))!.Version.ShouldBe(1);
        }
    }

    [StoreFact]
    public async Task A_writer_that_hangs_holds_the_others_up_for_a_while_only()
    {
        await using var source = NpgsqlDataSource.Create(Settings());
        await using var hanging = await source.OpenConnectionAsync(Patience);
        await using var transaction = await hanging.BeginTransactionAsync(Patience);
        await using (var command = hanging.CreateCommand())
        {
            command.CommandText = "UPDATE centralops_revision SET value = value + 1";
            await command.ExecuteNonQueryAsync(Patience);
        }

        (await Should.ThrowAsync<StoreException>(() => WriteAsync(New("gw")))).Message.ShouldContain("is not ready (55P03): try again");
        (await Store.CountAsync("gateway", null, Patience)).ShouldBe(0);
        await transaction.RollbackAsync(Patience);
        (await WriteAsync(New("gw"))).ShouldBe(WriteOutcome.Written);
    }

    [StoreFact]
    public async Task A_wrong_password_is_refused_at_once_and_stands_in_no_message()
    {
        var server = await PostgresServer.Shared;
        var refused = await RefusalAsync($"postgres://postgres:wr0ng-s3cret@127.0.0.1:{server.Port}/{Database}");
        refused.Message.ShouldBe($"The database postgres://127.0.0.1/{Database} refuses the user or the password of CENTRALOPS_DATABASE_URL: correct them.");
        refused.ToString().ShouldNotContain("wr0ng-s3cret");
        (await RefusalAsync(server.Url("nowhere"))).Message.ShouldContain("does not exist on its server: create it first");
        await server.ExecuteAsync(Database, "CREATE ROLE reader LOGIN PASSWORD 'reads'; CREATE SCHEMA empty; ALTER ROLE reader SET search_path = empty");
        (await RefusalAsync($"postgres://reader:reads@127.0.0.1:{server.Port}/{Database}")).Message.ShouldContain("does not let this user make or use its tables");
    }

    [StoreFact]
    public async Task A_user_who_may_only_use_the_tables_starts_where_they_are_up_to_date()
    {
        var server = await PostgresServer.Shared;
        await server.ExecuteAsync(Database, "CREATE ROLE worker LOGIN PASSWORD 'works'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO worker");
        DatabaseUrl.TryParse($"postgres://worker:works@127.0.0.1:{server.Port}/{Database}", out var url, out _).ShouldBeTrue();
        await using var store = await Stores.OpenAsync(url!, TimeProvider.System, NullLoggerFactory.Instance, Patience);
        (await store.WriteAsync([New("gw")], Patience)).ShouldBe(WriteOutcome.Written);
    }

    [StoreFact]
    public async Task A_unix_socket_is_a_way_to_the_server()
    {
        var server = await PostgresServer.Shared;
        DatabaseUrl.TryParse($"postgres://postgres:{Uri.EscapeDataString(PostgresServer.Password)}@localhost:{server.Port}/{Database}?host={server.SocketDirectory}", out var url, out var fault).ShouldBeTrue(fault);
        await using var store = await Stores.OpenAsync(url!, TimeProvider.System, NullLoggerFactory.Instance, Patience);
        (await store.WriteAsync([New("gw")], Patience)).ShouldBe(WriteOutcome.Written);
        (await Store.FindAsync("gateway", "gw", Patience)).ShouldNotBeNull();
    }

    protected override async Task<string> CreateDatabaseAsync() => await (await PostgresServer.Shared).CreateDatabaseAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;

    protected override async Task<object?> AskAsync(string sql) => await (await PostgresServer.Shared).ExecuteAsync(Database, sql);

    protected override async Task<IReadOnlyList<string>> FilesAsync()
    {
        var server = await PostgresServer.Shared;
        await server.ExecuteAsync("postgres", "CHECKPOINT");
        return Directory.GetFiles(server.DataDirectory, "*", SearchOption.AllDirectories);
    }

    private static async Task<bool> TryWriteAsync(IStore store, string id)
    {
        try
        {
            return await store.WriteAsync([New(id)], CancellationToken.None) is WriteOutcome.Written or WriteOutcome.Taken;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private async Task UntilAsync(Func<bool> so)
    {
        while (!so())
        {
            await Task.Delay(10, Patience);
        }
    }

    private async Task<GatewayStartException> RefusalAsync(string text)
    {
        DatabaseUrl.TryParse(text, out var url, out var fault).ShouldBeTrue(fault);
        return await Should.ThrowAsync<GatewayStartException>(async () => await Stores.OpenAsync(url!, TimeProvider.System, NullLoggerFactory.Instance, Patience));
    }

    private string Settings()
    {
        DatabaseUrl.TryParse(Url, out var url, out _).ShouldBeTrue();
        return ((DatabaseUrl.Server)url!).Url.Settings.ConnectionString;
    }
}
