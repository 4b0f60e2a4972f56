using System.Runtime.CompilerServices;
using System.Text;
using CentralOps.Gateway.Discovery.Embeddings;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Tests.Discovery;

public sealed class EmbeddingStoreTests
{
    private static readonly EmbeddingKey Key = EmbeddingKey.Of("model", "text");

    public static TheoryData<string> Kinds => ["memory", "database"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_kept_is_found_under_its_model_and_text_alone(string kind)
    {
        var store = Store(kind);
        (await store.FindAsync(Key, default)).ShouldBeNull();
        await store.KeepAsync(Key, [0.5f, -1.25f, float.Epsilon], default);
        await store.KeepAsync(Key, [0.5f, -1.25f, float.Epsilon], default);

        (await store.FindAsync(Key, default)).ShouldNotBeNull().ShouldBe([0.5f, -1.25f, float.Epsilon]);
        (await store.FindAsync(EmbeddingKey.Of("other", "text"), default)).ShouldBeNull();
        (await store.FindAsync(EmbeddingKey.Of("model", "other"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Memory_keeps_so_many_and_no_more()
    {
        var store = new MemoryEmbeddings(most: 3);
        for (var i = 0; i < 5; i++)
        {
            await store.KeepAsync(EmbeddingKey.Of("m", $"{i}"), [i], default);
        }

        (await store.FindAsync(EmbeddingKey.Of("m", "1"), default)).ShouldBeNull();
        (await store.FindAsync(EmbeddingKey.Of("m", "4"), default)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("\"AAA\"")]
    [InlineData("\"AAA=\"")]
    [InlineData("not json")]
    public async Task What_cannot_be_read_is_as_good_as_not_kept(string body)
    {
        var documents = new Documents();
        documents.Bodies[Key.Id] = Encoding.UTF8.GetBytes(body);
        (await new StoredEmbeddings(documents).FindAsync(Key, default)).ShouldBeNull();
    }

    private static IEmbeddingStore Store(string kind) => kind == "memory" ? new MemoryEmbeddings() : new StoredEmbeddings(new Documents());

    /// <summary>As much of a store as embeddings need.</summary>
    private sealed class Documents : IStore
    {
        public Dictionary<string, ReadOnlyMemory<byte>> Bodies { get; } = new(StringComparer.Ordinal);

        public ValueTask<StoredDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
            new(kind == "embedding" && Bodies.TryGetValue(id, out var body) ? new StoredDocument(kind, id, "", null, 1, body, new(0, id)) : null);

        public ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
        {
            var insert = writes.ShouldHaveSingleItem().ShouldBeOfType<StoreWrite.Insert>();
            return new(Bodies.TryAdd(insert.Id, insert.Body) ? WriteOutcome.Written : WriteOutcome.Taken);
        }

        public ValueTask<StoredDocument?> FindByNameAsync(string kind, string parent, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<StoredDocument>> ListAsync(string kind, string? parent, StoredPosition? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<long> CountAsync(string kind, string? parent, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public ValueTask<bool> TryLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
