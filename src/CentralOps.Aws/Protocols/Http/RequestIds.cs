using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>AWS's id of a request, in the headers of an answer.</summary>
internal static class RequestIds
{
    public const string Header = "x-amzn-RequestId";

    private static readonly string[] Headers = [Header, "x-amz-request-id", "x-amz-requestid"];

    public static string? Find(WireResponse response)
    {
        foreach (var header in Headers)
        {
            if (response.Headers.TryGet(header, out var id) && id.Length > 0)
            {
                return id;
            }
        }

        return null;
    }
}
