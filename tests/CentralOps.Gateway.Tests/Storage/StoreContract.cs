using System.Text;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway.Tests.Storage;

/// <summary>What a store promises, whichever database it is: each fact runs on both.</summary>
public abstract partial class StoreContract : IAsyncLifetime, IDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentBag<IStore> _stores = [];
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(180));

    protected string Url { get; private set; } = "";

    protected CancellationToken Patience => _patience.Token;

    /// <summary>The first that is open on the database.</summary>
    private protected IStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Url = await CreateDatabaseAsync();
        Store = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await RemoveAsync();
    }

    public void Dispose()
    {
        _patience.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string> CreateDatabaseAsync();

    protected abstract Task RemoveAsync();

    /// <summary>Asks the database itself, past the store.</summary>
    protected abstract Task<object?> AskAsync(string sql);

    private protected async Task<IStore> OpenAsync(TimeProvider? time = null)
    {
        DatabaseUrl.TryParse(Url, out var url, out var fault).ShouldBeTrue(fault);
        var store = await Stores.OpenAsync(url!, time ?? TimeProvider.System, NullLoggerFactory.Instance, Patience);
        _stores.Add(store);
        return store;
    }

    private protected static StoreWrite.Insert New(string id, string parent = "", string? name = null, string body = "{}", DateTimeOffset? expires = null, string kind = "gateway") =>
        new(kind, id, parent, name, Encoding.UTF8.GetBytes(body), expires);

    private protected async Task<WriteOutcome> WriteAsync(params StoreWrite[] writes) => await Store.WriteAsync(writes, Patience);

    private protected static string Text(StoredDocument? document) => Encoding.UTF8.GetString(document.ShouldNotBeNull().Body.Span);

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected async Task<List<StoredDocument>> AllAsync(IStore store, string kind, string? parent = null, int page = 7)
    {
        var all = new List<StoredDocument>();
        while (await store.ListAsync(kind, parent, all.Count == 0 ? null : all[^1].Position, page, Patience) is { Count: > 0 } next)
        {
            next.Count.ShouldBeLessThanOrEqualTo(page);
            all.AddRange(next);
        }

        return all;
    }
}
