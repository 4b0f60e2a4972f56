using System.Globalization;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Server half: what an upload in <c>aws-chunked</c> would have been without it. Its signatures are <see cref="Signing.SignatureV4"/>'s to verify.</summary>
internal static class ChunkedUploads
{
    private const string Coding = "aws-chunked";

    /// <summary>The request itself, where it is not chunked; else a copy with the body in one piece and the trailers among its headers.</summary>
    public static WireRequest Unwrap(WireRequest request)
    {
        if (request.Headers.Find("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) != true)
        {
            return request;
        }

        var body = ChunkedBody.Read(request.Body);
        CheckLength(request.Headers, body);
        CheckTrailers(request.Headers.Find("x-amz-trailer"), body);
        var plain = new WireRequest { Method = request.Method, Path = request.Path, Query = request.Query, Body = body.Decode() };
        foreach (var (name, value) in request.Headers)
        {
            if (!name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                plain.Headers.Add(name, value);
            }
            else if (WithoutCoding(value) is { Length: > 0 } others)
            {
                plain.Headers.Add(name, others);
            }
        }

        foreach (var (name, value) in body.Trailers)
        {
            plain.Headers.Add(name, value);
        }

        return plain;
    }

    private static void CheckLength(HeaderList headers, ChunkedBody body)
    {
        if (headers.Find("x-amz-decoded-content-length") is not { } stated)
        {
            throw new WireFormatException("A chunked body needs the header x-amz-decoded-content-length.") { Code = "MissingContentLength" };
        }

        if (!long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length != body.Length)
        {
            throw new WireFormatException("The chunks do not hold as many bytes as x-amz-decoded-content-length says.") { Code = "IncompleteBody" };
        }
    }

    /// <summary>The header is signed, the trailers of an unsigned body are not: only what was announced counts.</summary>
    private static void CheckTrailers(string? announced, ChunkedBody body)
    {
        var names = (announced ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length != body.Trailers.Count
            || !Array.TrueForAll(names, name => body.Trailers.Count(trailer => trailer.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) == 1))
        {
            throw new WireFormatException("The trailers of the chunked body are not those that x-amz-trailer announces.") { Code = "MalformedTrailerError" };
        }
    }

    private static string WithoutCoding(string codings) => string.Join(
        ", ", codings.Split(',', StringSplitOptions.TrimEntries).Where(coding => !coding.Equals(Coding, StringComparison.OrdinalIgnoreCase)));
}
