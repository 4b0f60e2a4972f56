using CentralOps.Gateway.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway.Tests.Storage;

public sealed class SqliteStoreTests : StoreContract
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory = Directory.CreateTempSubdirectory("cops-sqlite-").FullName;
    private int _databases;

    private string File => Url["sqlite:".Length..];

    [Fact]
    public void The_file_and_what_lies_beside_it_are_their_owners_alone()
    {
        System.IO.File.GetUnixFileMode(Path.GetDirectoryName(File)!).ShouldBe(OwnersFile | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(Path.GetDirectoryName(File)!);
        files.ShouldContain(File + "-wal");
        files.ShouldAllBe(file => System.IO.File.GetUnixFileMode(file) == OwnersFile);
    }

    [Fact]
    public async Task A_commit_survives_a_power_cut_and_the_log_does_not_grow_for_ever()
    {
        (await AskAsync("PRAGMA journal_mode")).ShouldBe("wal");
        await using (var connection = await CentralOps.Gateway.Storage.Sqlite.SqliteFile.OpenAsync(File, writes: true, Patience))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous";
            (await command.ExecuteScalarAsync(Patience)).ShouldBe(2L, "FULL");
        }

        for (var number = 0; number < 40; number++)
        {
            (await WriteAsync(new StoreWrite.Insert("gateway", $"{number}", "", null, new byte[1_000_000]))).ShouldBe(WriteOutcome.Written);
        }

        new FileInfo(File + "-wal").Length.ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public async Task A_write_waits_for_another_processs_and_can_give_up()
    {
        await using var other = new SqliteConnection($"Data Source={File};Pooling=false");
        await other.OpenAsync(Patience);
        await using var transaction = other.BeginTransaction(deferred: false);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Store.WriteAsync([New("given up")], soon.Token));
        var waiting = Store.WriteAsync([New("waited")], Patience);
        (await Store.FindAsync("gateway", "waited", Patience)).ShouldBeNull("readers never wait");
        await transaction.CommitAsync(Patience);
        (await waiting).ShouldBe(WriteOutcome.Written);
        (await Store.FindAsync("gateway", "given up", Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_is_not_a_gateways_is_refused_and_left_as_it_is()
    {
        var text = Path.Combine(_directory, "letter.txt");
        await System.IO.File.WriteAllTextAsync(text, new string('x', 5_000));
        (await RefusalAsync(text)).ShouldContain("is no SQLite database: name another file.");
        (await System.IO.File.ReadAllTextAsync(text)).ShouldBe(new string('x', 5_000));

        var others = Path.Combine(_directory, "others.db");
        await using (var connection = new SqliteConnection($"Data Source={others};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE songs (title TEXT)";
            await command.ExecuteNonQueryAsync();
        }

        (await RefusalAsync(others)).ShouldContain("is another application's SQLite database");
        (await RefusalAsync(_directory)).ShouldContain("cannot be");
        (await RefusalAsync("/proc/none/at/all.db")).ShouldContain("name a file in a directory that this user may write");
    }

    [Fact]
    public async Task A_watch_waits_for_a_database_that_is_away_and_yields_when_it_is_back()
    {
        await using var watch = Store.WatchAsync(Patience).GetAsyncEnumerator();
        (await watch.MoveNextAsync()).ShouldBeTrue();
        var next = watch.MoveNextAsync().AsTask();
        await AskAsync("ALTER TABLE centralops_revision RENAME TO away");
        (await Should.ThrowAsync<StoreException>(async () => await Store.WriteAsync([New("gw")], Patience))).Message.ShouldContain("failed with SQLite's error");
        (await Task.WhenAny(next, Task.Delay(700, Patience))).ShouldNotBe(next);
        await AskAsync("ALTER TABLE away RENAME TO centralops_revision");
        (await next).ShouldBeTrue();
        (await WriteAsync(New("gw"))).ShouldBe(WriteOutcome.Written);
    }

    protected override Task<string> CreateDatabaseAsync() => Task.FromResult($"sqlite:{_directory}/{++_databases}/gateway.db");

    protected override Task RemoveAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    protected override async Task<object?> AskAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        await connection.OpenAsync(Patience);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Patience);
    }

    // The log is among them: nothing was written back yet.
    protected override Task<IReadOnlyList<string>> FilesAsync() => Task.FromResult<IReadOnlyList<string>>(Directory.GetFiles(_directory, "*", SearchOption.AllDirectories));

    private async Task<string> RefusalAsync(string path)
    {
        DatabaseUrl.TryParse($"sqlite:{path}", out var url, out var fault).ShouldBeTrue(fault);
        return (await Should.ThrowAsync<GatewayStartException>(async () => await Stores.OpenAsync(url!, TimeProvider.System, NullLoggerFactory.Instance, Patience))).Message;
    }
}
