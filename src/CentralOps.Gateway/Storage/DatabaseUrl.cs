using System.Diagnostics.CodeAnalysis;
using CentralOps.Gateway.Storage.Postgres;

namespace CentralOps.Gateway.Storage;

/// <summary>Where a gateway keeps what it has to keep: <c>sqlite:/path</c> or <c>postgres://user:password@host/database</c>. No text form tells user or password.</summary>
public abstract record DatabaseUrl
{
    /// <summary>The only place that a URL comes from: arguments stand in process lists.</summary>
    public const string Variable = "CENTRALOPS_DATABASE_URL";

    private DatabaseUrl()
    {
    }

    /// <param name="fault">A sentence with the repair, which holds nothing of the text but names of parameters.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DatabaseUrl? url, [NotNullWhen(false)] out string? fault)
    {
        (url, fault) = text switch
        {
            null or "" => (null, $"{Variable} is empty: give sqlite:/path/of/a/file or postgres://user:password@host/database."),
            _ when text.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) => OfFile(text["sqlite:".Length..]),
            _ when text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) => OfServer(text),
            _ => ((DatabaseUrl?)null, (string?)$"{Variable} begins with neither sqlite: nor postgres://: give sqlite:/path/of/a/file or postgres://user:password@host/database."),
        };
        return url is not null;
    }

    private static (DatabaseUrl?, string?) OfFile(string path)
    {
        // sqlite:///path is how others write it.
        var plain = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        return plain.StartsWith('/') && !plain.EndsWith('/') && !plain.Contains('\0', StringComparison.Ordinal)
            ? (new Sqlite(Path.GetFullPath(plain)), null)
            : (null, $"{Variable}: behind sqlite: stands no absolute path of a file: write it as sqlite:/var/lib/centralops/gateway.db.");
    }

    private static (DatabaseUrl?, string?) OfServer(string text) =>
        PostgresUrl.TryParse(text, out var server, out var fault) ? (new Server(server), null) : (null, $"{Variable}: {fault}");

    internal sealed record Sqlite(string File) : DatabaseUrl
    {
        public override string ToString() => "sqlite:" + Printable.Text(File, 200);
    }

    internal sealed record Server(PostgresUrl Url) : DatabaseUrl
    {
        public override string ToString() => Url.ToString();
    }
}
