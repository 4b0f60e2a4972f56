using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Sandbox.Lambda.Urls;

/// <summary>
/// Where a function URL lies here: under a path, because a name under <c>lambda-url.us-east-1.on.aws</c> leads to AWS. What follows the id is
/// the path that the function sees.
/// </summary>
internal static class FunctionUrl
{
    public const string Root = "/lambda-url/";

    private const int IdLength = 32;

    /// <summary>The URL's id: letters and digits, the same at every start.</summary>
    public static string IdOf(string functionArn) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(functionArn)))[..IdLength];

    public static Uri Of(Uri sandbox, string functionArn) => new(sandbox, $"{Root}{IdOf(functionArn)}/");

    /// <summary>Splits a request's path into the id and what the function sees.</summary>
    public static bool TrySplit(string path, out string id, out string rest)
    {
        (id, rest) = ("", "/");
        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var slash = path.IndexOf('/', Root.Length);
        id = slash < 0 ? path[Root.Length..] : path[Root.Length..slash];
        rest = slash < 0 ? "/" : path[slash..];
        return true;
    }
}
