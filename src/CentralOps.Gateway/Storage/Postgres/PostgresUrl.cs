using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Npgsql;

namespace CentralOps.Gateway.Storage.Postgres;

/// <summary>
/// A server of PostgreSQL and how it is spoken to (libpq's URL syntax, PostgreSQL's documentation 34.1.1.2). Whoever is not on this machine has to show a
/// certificate for its name: no other mode is taken, because each of them would give the password to whoever answers.
/// </summary>
internal sealed class PostgresUrl
{
    private const string Example = "postgres://user:password@host/database?sslmode=verify-full";

    private static readonly string[] Parameters = ["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "application_name", "connect_timeout"];

    private PostgresUrl(NpgsqlConnectionStringBuilder settings) => Settings = settings;

    /// <summary>Holds the password: for the driver alone.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresUrl? url, [NotNullWhen(false)] out string? fault)
    {
        url = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var parts) || parts.Fragment.Length > 0)
        {
            fault = $"it is no URL: write it as {Example}, with special characters of user and password percent-encoded (@ is %40, / is %2F, # is %23).";
            return false;
        }

        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parts.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (pair[..at], pair[(at + 1)..]) : (pair, "");
            if (!Parameters.Contains(name, StringComparer.Ordinal) || !given.TryAdd(name, Uri.UnescapeDataString(value)))
            {
                fault = $"the parameter {Printable.Text(name, 40)} is not known or stands there twice: there are {string.Join(", ", Parameters)}.";
                return false;
            }
        }

        var host = given.GetValueOrDefault("host") is { Length: > 0 } socket ? socket : parts.IdnHost;
        var database = Uri.UnescapeDataString(parts.AbsolutePath.TrimStart('/'));
        if (host.Length == 0 || host.Contains(',', StringComparison.Ordinal) || database.Length == 0 || database.Contains('/', StringComparison.Ordinal))
        {
            fault = $"it has no host (one only) or no database: write it as {Example}.";
            return false;
        }

        var settings = Basics(parts, host, database);
        fault = Secure(settings, given.GetValueOrDefault("sslmode"), IsHere(host)) ?? Fill(settings, given);
        url = fault is null ? new PostgresUrl(settings) : null;
        return url is not null;
    }

    public override string ToString() => Printable.Text($"postgres://{Settings.Host}/{Settings.Database}", 200);

    private static NpgsqlConnectionStringBuilder Basics(Uri parts, string host, string database)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = parts.Port > 0 ? parts.Port : NpgsqlConnection.DefaultPort,
            Database = database,
            ApplicationName = "centralops",
            MaxPoolSize = 20,
            Timeout = 5,
            CommandTimeout = 15,
            CancellationTimeout = 2_000,
            KeepAlive = 30,
        };
        var user = parts.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }

        return settings;
    }

    private static string? Secure(NpgsqlConnectionStringBuilder settings, string? mode, bool isHere)
    {
        SslMode? found = mode switch
        {
            null => isHere ? SslMode.Prefer : SslMode.VerifyFull,
            "disable" => SslMode.Disable,
            "allow" => SslMode.Allow,
            "prefer" => SslMode.Prefer,
            "require" => SslMode.Require,
            "verify-ca" => SslMode.VerifyCA,
            "verify-full" => SslMode.VerifyFull,
            _ => null,
        };
        if (found is null)
        {
            return "sslmode is none of disable, allow, prefer, require, verify-ca, verify-full: take verify-full.";
        }

        if (!isHere && found is not SslMode.VerifyFull)
        {
            return $"sslmode={mode} does not verify who answers, and the host is not this machine: take verify-full (with sslrootcert=FILE for a certificate authority of your own).";
        }

        settings.SslMode = found.Value;
        return null;
    }

    private static string? Fill(NpgsqlConnectionStringBuilder settings, Dictionary<string, string> given)
    {
        foreach (var (name, value) in given)
        {
            switch (name)
            {
                case "sslrootcert" or "sslcert" or "sslkey" when !File.Exists(value):
                    return $"the file that {name} names cannot be read: give one that this user may read.";
                case "sslrootcert":
                    settings.RootCertificate = value;
                    break;
                case "sslcert":
                    settings.SslCertificate = value;
                    break;
                case "sslkey":
                    settings.SslKey = value;
                    break;
                case "application_name":
                    settings.ApplicationName = Printable.Text(value, 60);
                    break;
                case "connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 60:
                    settings.Timeout = seconds;
                    break;
                case "connect_timeout":
                    return "connect_timeout is no number of seconds from 1 to 60.";
            }
        }

        return null;
    }

    private static bool IsHere(string host) =>
        host.StartsWith('/') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
