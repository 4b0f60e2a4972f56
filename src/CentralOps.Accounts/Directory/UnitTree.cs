using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Directory;

/// <summary>Which organizational unit each account is in: the tree is walked from the roots, a few units at a time.</summary>
internal sealed class UnitTree(OpenAccount door) : IDisposable
{
    /// <summary>Above this AWS Organizations throttles.</summary>
    private const int Width = 4;

    /// <summary>AWS nests units five deep.</summary>
    private const int MaxDepth = 8;

    private static readonly Projection Roots = Projection.Items("Roots", Field.Value("Id"));
    private static readonly Projection Units = Projection.Items("OrganizationalUnits", Field.Value("Id"), Field.Value("Name"));
    private static readonly Projection Members = Projection.Items("Accounts", Field.Value("Id"));

    private readonly SemaphoreSlim _width = new(Width, Width);
    private readonly ConcurrentDictionary<AccountId, string> _paths = new();
    private volatile Refusal? _refusal;

    public static UnitPaths Unread { get; } = new(new Dictionary<AccountId, string>(), null) { WereRead = false };

    public async Task<UnitPaths> ReadAsync(CancellationToken cancellationToken)
    {
        using var roots = await ListAsync("ListRoots", null, Roots, cancellationToken);
        foreach (var root in Elements(roots))
        {
            await WalkAsync(Text(root, "Id"u8), path: "", depth: 0, cancellationToken);
        }

        return _refusal switch
        {
            null => new UnitPaths(_paths, null),

            // Who may list accounts but not units still gets the accounts.
            Refusal.OperationDenied => Unread,
            var refusal => new UnitPaths(Unread.Paths, refusal),
        };
    }

    public void Dispose() => _width.Dispose();

    private async Task WalkAsync(string unit, string path, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth || _refusal is not null)
        {
            return;
        }

        var members = ListAsync("ListAccountsForParent", ("ParentId", unit), Members, cancellationToken);
        using var children = await ListAsync("ListOrganizationalUnitsForParent", ("ParentId", unit), Units, cancellationToken);
        var walks = new List<Task>();
        foreach (var child in Elements(children))
        {
            var name = PlainText.Data(Text(child, "Name"u8));
            walks.Add(WalkAsync(Text(child, "Id"u8), path.Length == 0 ? name : $"{path}/{name}", depth + 1, cancellationToken));
        }

        using var accounts = await members;
        foreach (var account in Elements(accounts))
        {
            if (AccountId.TryParse(Text(account, "Id"u8), out var id))
            {
                _paths[id] = path.Length == 0 ? "Root" : path;
            }
        }

        await Task.WhenAll(walks);
    }

    private async Task<JsonDocument?> ListAsync(string operation, (string Member, string Value)? about, Projection projection, CancellationToken cancellationToken)
    {
        await _width.WaitAsync(cancellationToken);
        try
        {
            if (_refusal is not null)
            {
                return null;
            }

            var items = new ArrayBufferWriter<byte>(1024);
            var outcome = await OrganizationsPages.ReadAsync(door, OrganizationsSource.Operation(operation), about, projection, items, cancellationToken);
            if (outcome.Refusal is { } refusal)
            {
                _refusal = refusal;
                return null;
            }

            return JsonDocument.Parse(items.WrittenMemory);
        }
        finally
        {
            _width.Release();
        }
    }

    private static JsonElement.ArrayEnumerator Elements(JsonDocument? document) => document?.RootElement.EnumerateArray() ?? default;

    private static string Text(JsonElement item, ReadOnlySpan<byte> name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}

/// <summary>Paths of units by account, or why they could not be read.</summary>
internal sealed record UnitPaths(IReadOnlyDictionary<AccountId, string> Paths, Refusal? Refusal)
{
    public bool WereRead { get; init; } = true;
}
