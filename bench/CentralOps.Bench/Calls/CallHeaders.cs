using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Bench.Calls;

/// <summary>The headers that a measured call carries, as the table that bench/calls/echo.lua reads.</summary>
internal static class CallHeaders
{
    public static void Write(string path, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var table = new StringBuilder("return {\n");
        foreach (var (name, value) in headers)
        {
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"  [\"{name}\"] = [=[{value}]=],\n");
        }

        File.WriteAllText(path, table.Append("}\n").ToString());
    }

    /// <summary>One signature for all: it is good for five minutes, and verifying it costs as much each time.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Signed(Uri url, byte[] body, AccessKey key)
    {
        var request = new WireRequest { Path = url.AbsolutePath, Body = body };
        request.Headers.Add("Host", url.Authority);
        request.Headers.Add("Content-Type", "application/json");
        SignatureV4.Sign(request, new AwsCredentials(key.Id, key.Secret), new SigningScope("us-east-1", "bedrock-agentcore"), TimeProvider.System.GetUtcNow());
        foreach (var (name, value) in request.Headers)
        {
            yield return new(name, value);
        }
    }
}
