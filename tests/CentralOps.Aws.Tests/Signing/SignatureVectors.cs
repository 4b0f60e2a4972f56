using System.Text;
using System.Text.Json;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Signing;

/// <summary>AWS's own Signature Version 4 cases, read from shared/ and never copied.</summary>
internal static class SignatureVectors
{
    public static string? Folder { get; } = Find();

    public static IEnumerable<string> Names => Folder is null
        ? []
        : Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    public static SignatureVector Read(string name) => new(Path.Combine(Folder!, name));

    private static string? Find()
    {
        var shared = Environment.GetEnvironmentVariable("CENTRALOPS_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); shared is null && at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "CentralOps.slnx")))
            {
                shared = Path.Combine(at.Parent!.FullName, "shared");
            }
        }

        var folder = Path.Combine(shared ?? "", "conformance", "sigv4", "v4");
        return Directory.Exists(folder) ? folder : null;
    }
}

/// <summary>Runs once for every vector; skipped, with the reason, where shared/ is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VectorTheoryAttribute : TheoryAttribute
{
    public VectorTheoryAttribute()
    {
        if (SignatureVectors.Folder is null)
        {
            Skip = "AWS's Signature Version 4 vectors are not there: put shared/ beside the repository, or name it in CENTRALOPS_SHARED.";
        }
    }
}

/// <summary>One case: a request, the context that it is signed in, and what has to come of it.</summary>
internal sealed class SignatureVector
{
    private readonly string _folder;

    public SignatureVector(string folder)
    {
        _folder = folder;
        using var context = JsonDocument.Parse(Text("context.json"));
        var root = context.RootElement;
        var credentials = root.GetProperty("credentials");
        Credentials = new AwsCredentials(
            credentials.GetProperty("access_key_id").GetString()!,
            credentials.GetProperty("secret_access_key").GetString()!,
            credentials.TryGetProperty("token", out var token) ? token.GetString() : null);
        Now = root.GetProperty("timestamp").GetDateTimeOffset();
        Lifetime = TimeSpan.FromSeconds(root.GetProperty("expiration_in_seconds").GetInt32());
        Scope = new SigningScope(root.GetProperty("region").GetString()!, root.GetProperty("service").GetString()!)
        {
            NormalizePath = root.GetProperty("normalize").GetBoolean(),
            StateContentHash = root.GetProperty("sign_body").GetBoolean(),
            SignSessionToken = !(root.TryGetProperty("omit_session_token", out var omit) && omit.GetBoolean()),
        };
    }

    public AwsCredentials Credentials { get; }

    public DateTimeOffset Now { get; }

    public TimeSpan Lifetime { get; }

    public SigningScope Scope { get; }

    public string Text(string file) => File.ReadAllText(Path.Combine(_folder, file)).TrimEnd('\n');

    public WireRequest Request(string file)
    {
        var text = Text(file);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = (end < 0 ? text : text[..end]).Split('\n');
        var target = head[0][(head[0].IndexOf(' ') + 1)..head[0].LastIndexOf(' ')];
        var query = target.IndexOf('?');
        var request = new WireRequest
        {
            Method = head[0][..head[0].IndexOf(' ')],
            Path = query < 0 ? target : target[..query],
            Query = query < 0 ? "" : target[(query + 1)..],
            Body = end < 0 ? default : Encoding.UTF8.GetBytes(text[(end + 2)..]),
        };
        for (var at = 1; at < head.Length; at++)
        {
            var colon = head[at].IndexOf(':');
            var value = head[at][(colon + 1)..];
            while (at + 1 < head.Length && head[at + 1][0] is ' ' or '\t')
            {
                value += "\n" + head[++at];
            }

            request.Headers.Add(head[at - value.Count('\n')][..colon], value);
        }

        return request;
    }

    /// <summary>The request as the vectors write a signed one down.</summary>
    public static string Print(WireRequest request)
    {
        var text = new StringBuilder($"{request.Method} {request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query} HTTP/1.1\n");
        foreach (var (name, value) in request.Headers)
        {
            text.Append($"{name}:{value}\n");
        }

        return text.Append('\n').Append(Encoding.UTF8.GetString(request.Body.Span)).ToString().TrimEnd('\n');
    }
}
