using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway.Tests.Control.Fixtures;

/// <summary>What a control plane keeps things in, for tests that run on each; several replicas may open one.</summary>
public abstract class ControlStores : IAsyncDisposable
{
    internal abstract ValueTask<IStore> OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    internal static async ValueTask<IStore> OpenAsync(string url)
    {
        DatabaseUrl.TryParse(url, out var parsed, out var fault).ShouldBeTrue(fault);
        return await Stores.OpenAsync(parsed!, TimeProvider.System, NullLoggerFactory.Instance, default);
    }
}

internal sealed class InMemory : ControlStores
{
    private readonly MemoryStore _store = new(TimeProvider.System);

    internal override ValueTask<IStore> OpenAsync() => ValueTask.FromResult<IStore>(_store);
}

internal sealed class InSqlite : ControlStores
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cops-control-").FullName;
    private readonly List<IStore> _open = [];

    internal override async ValueTask<IStore> OpenAsync()
    {
        var store = await OpenAsync($"sqlite:{_directory}/data/gateway.db");
        _open.Add(store);
        return store;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in _open)
        {
            await store.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
        await base.DisposeAsync();
    }
}

internal sealed class InPostgres : ControlStores
{
    private readonly List<IStore> _open = [];
    private string? _url;

    internal override async ValueTask<IStore> OpenAsync()
    {
        _url ??= await (await PostgresServer.Shared).CreateDatabaseAsync();
        var store = await OpenAsync(_url);
        _open.Add(store);
        return store;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in _open)
        {
            await store.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
