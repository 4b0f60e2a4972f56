using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>Gets a Lambda target's tool schema: from the target itself, or from S3 with the gateway's role.</summary>
internal sealed class SchemaLoader(ControlOptions options)
{
    private const string Scheme = "s3://";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>The schema's bytes, or why there are none.</returns>
    public async ValueTask<(ReadOnlyMemory<byte> Schema, string? Reason)> LoadAsync(JsonNode toolSchema, CancellationToken cancellationToken)
    {
        if (toolSchema.At("inlinePayload") is { } inline)
        {
            return (Resource.Bytes(inline), null);
        }

        var uri = toolSchema.TextAt("s3", "uri") ?? "";
        var slash = uri.StartsWith(Scheme, StringComparison.Ordinal) ? uri.IndexOf('/', Scheme.Length) : -1;
        if (slash <= Scheme.Length || slash == uri.Length - 1)
        {
            return (default, $"The tool schema's URI must be s3://BUCKET/KEY; it is {Printable.Text(uri, 256)}.");
        }

        return options is { Aws: { } aws, RoleCredentials: { } role }
            ? await FetchAsync(aws, role, uri[Scheme.Length..slash], uri[(slash + 1)..], toolSchema.TextAt("s3", "bucketOwnerAccountId"), cancellationToken)
            : (default, "The tool schema lies in S3, and this process has no AWS credentials to read it with. Give it inline.");
    }

    private async ValueTask<(ReadOnlyMemory<byte> Schema, string? Reason)> FetchAsync(
        AwsClient aws, Func<CancellationToken, ValueTask<AwsCredentials>> role, string bucket, string key, string? owner, CancellationToken cancellationToken)
    {
        AwsCredentials credentials;
        try
        {
            credentials = await role(cancellationToken);
        }
        catch (CredentialException)
        {
            return (default, "The gateway's role could not be assumed to read the tool schema from S3. Check the role and its trust policy.");
        }

        var transcription = new Transcription(new ArrayBufferWriter<byte>());
        var call = new AwsCall(ModelLibrary.Operation("s3", "GetObject"), new AwsInput(Input(bucket, key, owner)), options.Region, credentials) { AttemptTimeout = Patience };
        try
        {
            var answer = await aws.CallAsync(call, transcription, cancellationToken);
            var place = Printable.Text($"{Scheme}{bucket}/{key}", 256);
            return answer.Failure is { } failure
                ? (default, $"The tool schema {place} could not be read: {Printable.Text(failure.Code, 64)}: {Printable.Text(failure.Message, 512)}")
                : transcription.Blob.Length > ControlLimits.MaxSchemaBytes
                    ? (default, $"The tool schema {place} has {transcription.Blob.Length} bytes; the limit is {ControlLimits.MaxSchemaBytes}.")
                    : (transcription.Blob, null);
        }
        catch (InputException)
        {
            return (default, "The tool schema's bucket or key is not one that S3 has.");
        }
    }

    private static ReadOnlyMemory<byte> Input(string bucket, string key, string? owner)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("Bucket"u8, bucket);
            json.WriteString("Key"u8, key);
            if (owner is not null)
            {
                json.WriteString("ExpectedBucketOwner"u8, owner);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
