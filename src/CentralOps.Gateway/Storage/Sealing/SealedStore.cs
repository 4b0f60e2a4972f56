using System.Security.Cryptography;
using System.Text;
using CentralOps.Gateway.Outbound;

namespace CentralOps.Gateway.Storage.Sealing;

/// <summary>Secrets among the documents: writes to be made together with others, and what they hold.</summary>
public sealed class SealedStore(IStore store, Sealer sealer)
{
    /// <summary>The kind of every sealed document; nothing else is of it.</summary>
    public const string Kind = "secret";

    private const int Page = 100;

    public StoreWrite Insert(string id, string parent, Secret secret) => new StoreWrite.Insert(Kind, id, parent, null, Seal(id, secret));

    public StoreWrite Update(string id, long version, Secret secret) => new StoreWrite.Update(Kind, id, version, Seal(id, secret));

    public static StoreWrite Delete(string id, long version) => new StoreWrite.Delete(Kind, id, version);

    /// <returns>Null where there is none.</returns>
    /// <exception cref="SealingException">It does not open.</exception>
    public async ValueTask<SealedSecret?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(Kind, id, cancellationToken) is not { } found)
        {
            return null;
        }

        var plain = sealer.Open(Kind, id, found.Body.Span);
        try
        {
            return new SealedSecret(found.Version, new Secret(Encoding.UTF8.GetString(plain)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Seals everything with the newest key. It may be stopped anywhere and run again, by several at once: what is sealed with that key already stays.</summary>
    public ValueTask<Rotation> RotateAsync(CancellationToken cancellationToken) => RotateAsync([Kind], cancellationToken);

    /// <summary>How many secrets each key seals, by its id; what is no sealed value is counted under an empty one.</summary>
    public async ValueTask<IReadOnlyDictionary<string, int>> CountByKeyAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        StoredPosition? after = null;
        while (await store.ListAsync(Kind, parent: null, after, Page, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var document in page)
            {
                var key = Sealer.KeyIdOf(document.Body.Span) ?? "";
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }

            after = page[^1].Position;
        }

        return counts;
    }

    /// <param name="kinds">Kinds whose documents' bodies are sealed, all of them.</param>
    public async ValueTask<Rotation> RotateAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        var (resealed, unopened) = (0, new List<string>());
        foreach (var kind in kinds)
        {
            StoredPosition? after = null;
            while (await store.ListAsync(kind, parent: null, after, Page, cancellationToken) is { Count: > 0 } page)
            {
                foreach (var document in page)
                {
                    resealed += await ResealAsync(document, unopened, cancellationToken);
                }

                after = page[^1].Position;
            }
        }

        return new Rotation(resealed, unopened);
    }

    private async ValueTask<int> ResealAsync(StoredDocument document, List<string> unopened, CancellationToken cancellationToken)
    {
        for (var found = document; found is not null; found = await store.FindAsync(document.Kind, document.Id, cancellationToken))
        {
            if (string.Equals(Sealer.KeyIdOf(found.Body.Span), sealer.KeyId, StringComparison.Ordinal))
            {
                return 0;
            }

            if (TryReseal(found, unopened) is not { } again)
            {
                return 0;
            }

            if (await store.WriteAsync([new StoreWrite.Update(found.Kind, found.Id, found.Version, again)], cancellationToken) is WriteOutcome.Written)
            {
                return 1;
            }

            // Somebody set it meanwhile, perhaps with an older key: look again.
        }

        return 0;
    }

    private byte[]? TryReseal(StoredDocument found, List<string> unopened)
    {
        byte[] plain;
        try
        {
            plain = sealer.Open(found.Kind, found.Id, found.Body.Span);
        }
        catch (SealingException unable)
        {
            if (unopened.Count < Rotation.MostUnopened)
            {
                unopened.Add(unable.Message);
            }

            return null;
        }

        var again = sealer.Seal(found.Kind, found.Id, plain);
        CryptographicOperations.ZeroMemory(plain);
        return again;
    }

    private byte[] Seal(string id, Secret secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret.Reveal());
        try
        {
            return sealer.Seal(Kind, id, plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

/// <param name="Version">Of the sealed document: with every set and every rotation another.</param>
public sealed record SealedSecret(long Version, Secret Value);

/// <param name="Unopened">Why secrets stayed as they were, at most 100 sentences; while there are any, no key may be taken out.</param>
public sealed record Rotation(int Resealed, IReadOnlyList<string> Unopened)
{
    internal const int MostUnopened = 100;
}
