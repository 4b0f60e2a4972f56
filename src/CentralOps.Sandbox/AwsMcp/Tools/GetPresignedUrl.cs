using System.Buffers;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.AwsMcp.Tools;

/// <summary>
/// A URL that is a permission: whoever has it acts as the caller until it ends. The sandbox keeps no objects, so what it leads to is a
/// refusal; it is here so that those who must not pass such a URL on can be tested.
/// </summary>
internal sealed class GetPresignedUrl(Func<Uri> sandbox) : McpTool
{
    private static readonly SearchValues<char> BucketCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    public override string Name => "aws___get_presigned_url";

    public override bool IsReadOnly => false;

    protected override bool ReachesAccounts => true;

    protected override string Title => "Get a presigned URL";

    protected override string Description => "Makes a URL that reads or writes one S3 object in the caller's name until it ends.";

    protected override string InputSchema => """
        {"type":"object","properties":{"bucket":{"type":"string","minLength":3,"maxLength":63},"key":{"type":"string","minLength":1,"maxLength":1024},"method":{"type":"string","description":"GET or PUT.","default":"GET"},"region":{"type":"string","default":"us-east-1"},"expires_in":{"type":"integer","description":"Seconds.","minimum":1,"maximum":3600,"default":300}},"required":["bucket","key"]}
        """;

    public override ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        var bucket = arguments.Required("bucket", 63);
        var key = arguments.Required("key", 1024);
        var method = arguments.Optional("method", 8) ?? "GET";
        var region = arguments.Optional("region", 40) ?? "us-east-1";
        var seconds = arguments.Number("expires_in", 300, 1, 3600);
        var problem = arguments.Problem
            ?? (bucket.Length < 3 || bucket.AsSpan().ContainsAnyExcept(BucketCharacters) ? "bucket: give the name of a bucket." : null)
            ?? (method is "GET" or "PUT" ? null : "method: give GET or PUT.")
            ?? (Region.ByName.ContainsKey(region) ? null : "region: there is no such region.");
        if (problem is not null)
        {
            return new(ToolAnswer.Refused(problem));
        }

        var url = sandbox();
        var request = new WireRequest { Method = method, Path = $"/{bucket}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}" };
        request.Headers.Add("Host", url.Authority);
        var credentials = new AwsCredentials(call.Key.Id, call.Key.Secret, call.Key.SessionToken);
        SignatureV4.Presign(request, credentials, new SigningScope(region, "s3"), call.Now, TimeSpan.FromSeconds(seconds));
        return new(ToolAnswer.Of(json =>
        {
            json.WriteString("url", $"{url.GetLeftPart(UriPartial.Authority)}{request.Path}?{request.Query}");
            json.WriteString("method", method);
            json.WriteNumber("expires_in", seconds);
        }));
    }
}
