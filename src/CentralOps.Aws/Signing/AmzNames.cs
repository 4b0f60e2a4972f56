namespace CentralOps.Aws.Signing;

/// <summary>Names and constants of Signature Version 4; headers and query parameters share their spelling.</summary>
internal static class AmzNames
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string Terminator = "aws4_request";
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    public const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public const string SignedChunksAndTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string UnsignedChunksAndTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    public const string Date = "X-Amz-Date";
    public const string SecurityToken = "X-Amz-Security-Token";
    public const string ContentSha256 = "X-Amz-Content-Sha256";

    public const string AlgorithmParameter = "X-Amz-Algorithm";
    public const string Credential = "X-Amz-Credential";
    public const string SignedHeaders = "X-Amz-SignedHeaders";
    public const string Expires = "X-Amz-Expires";
    public const string Signature = "X-Amz-Signature";
}
