using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CentralOps.Aws.Calls;

/// <summary>How to get out: the standard settings <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c> (lower case too) and <c>AWS_CA_BUNDLE</c>.</summary>
public sealed class HttpSettings
{
    private const string CaBundle = "AWS_CA_BUNDLE";

    private HttpSettings(IWebProxy? proxy, X509Certificate2Collection? roots) => (Proxy, Roots) = (proxy, roots);

    /// <summary>No proxy, and the system's roots.</summary>
    public static HttpSettings None { get; } = new(proxy: null, roots: null);

    internal IWebProxy? Proxy { get; }

    /// <summary>Trusted instead of the system's; null: the system's.</summary>
    internal X509Certificate2Collection? Roots { get; }

    /// <summary>Reads them through a lookup, such as the process environment's.</summary>
    /// <exception cref="FormatException">Names the setting which is wrong, and the repair.</exception>
    public static HttpSettings Read(Func<string, string?> setting) => new(
        ProxyRules.Read(setting),
        setting(CaBundle) is { Length: > 0 } path ? RootsOf(path) : null);

    private static X509Certificate2Collection RootsOf(string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            var why = unreadable is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            throw new FormatException($"{CaBundle} names {Shown(path)}, which {why}. Set it to a readable file of PEM certificates, or unset it.", unreadable);
        }
        catch (CryptographicException broken)
        {
            throw new FormatException($"{CaBundle} names {Shown(path)}, in which a certificate is damaged. Set it to a file of whole PEM certificates, or unset it.", broken);
        }

        return roots.Count > 0
            ? roots
            : throw new FormatException($"{CaBundle} names {Shown(path)}, which holds no PEM certificate (-----BEGIN CERTIFICATE-----). Set it to one that does, or unset it.");
    }

    private static string Shown(string path) => $"'{PlainText.Clean(path, 256)}'";
}
