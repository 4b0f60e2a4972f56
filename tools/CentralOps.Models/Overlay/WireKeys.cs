namespace CentralOps.Models.Overlay;

/// <summary>The words of an API description that touch the wire.</summary>
internal static class WireKeys
{
    public static readonly string[] Metadata =
        ["awsQueryCompatible", "globalEndpoint", "jsonVersion", "protocol", "protocols", "signingName", "targetPrefix", "xmlNamespace"];

    public static readonly string[] Operation =
        ["endpoint", "authtype", "auth", "httpChecksum", "httpChecksumRequired", "unsignedPayload", "requestcompression", "deprecated"];

    public static readonly string[] Http = ["method", "requestUri", "responseCode"];

    /// <summary>Of a reference alone.</summary>
    public static readonly string[] Reference =
        ["location", "locationName", "queryName", "idempotencyToken", "hostLabel", "jsonvalue", "xmlAttribute", "eventpayload", "eventheader"];

    /// <summary>Of a shape, or of a reference that has it written in place.</summary>
    public static readonly string[] Shape =
        ["flattened", "streaming", "sparse", "union", "document", "timestampFormat", "wrapper", "eventstream", "event", "payload", "xmlNamespace"];

    public static readonly string[] Children = ["member", "key", "value"];
}
