namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>Cases that are not run, or whose wire does not tell all, each with its reason.</summary>
internal static class Exceptions
{
    private const string HostWithPath = "an endpoint's path is put before the request's where the endpoint is known, not in the codec";
    private const string Named = "a map's entry stands behind the member of its name and is not sent";
    private const string NamedByMember = "the model gives the payload member a name that the case does not mean, and that S3's models do mean";
    private const string MadeUp = "the token is made up by the client";
    private const string EmptyPayload = "a payload that was left out is sent as an empty structure";

    /// <summary>Not asked of the client half. botocore leaves all of these out too (protocol-tests-ignore-list.json).</summary>
    public static readonly IReadOnlyDictionary<string, string> Requests = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QueryHostWithPath"] = HostWithPath,
        ["Ec2QueryHostWithPath"] = HostWithPath,
        ["AwsJson10HostWithPath"] = HostWithPath,
        ["AwsJson11HostWithPath"] = HostWithPath,
        ["RestJsonHostWithPath"] = HostWithPath,
    };

    /// <summary>Asked of the client half alone: the case gives a gzipped request without its body, or a checksum of the body without the white space that it shows.</summary>
    public static bool IsNotReadBack(string id) =>
        id.StartsWith("SDKAppl", StringComparison.Ordinal) || id.StartsWith("SDKAppend", StringComparison.Ordinal) || id is "RestJsonHttpChecksumRequired";

    /// <summary>Compared but for the root element's name. botocore leaves all of these out too.</summary>
    public static readonly IReadOnlyDictionary<string, string> RootNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RestXmlHttpPayloadWithUnion"] = NamedByMember,
        ["HttpPayloadWithXmlName"] = NamedByMember,
        ["HttpPayloadWithXmlNamespace"] = NamedByMember,
        ["HttpPayloadWithXmlNamespaceAndPrefix"] = NamedByMember,
        ["XmlAttributesOnPayload"] = NamedByMember,
    };

    /// <summary>What was given cannot be told from the request: the wire is only written again, and has to come out the same.</summary>
    public static readonly IReadOnlyDictionary<string, string> LossyRequests = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QueryProtocolIdempotencyTokenAutoFill"] = MadeUp,
        ["Ec2ProtocolIdempotencyTokenAutoFill"] = MadeUp,
        ["RestJsonQueryIdempotencyTokenAutoFill"] = MadeUp,
        ["QueryEmptyQueryMaps"] = "an empty map is not sent",
        ["Ec2EmptyQueryLists"] = "an empty list is not sent",
        ["RestJsonOmitsEmptyListQueryValues"] = "an empty list is not sent",
        ["RestJsonHttpPrefixHeadersAreNotPresent"] = "an empty map is not sent",
        ["HttpPrefixHeadersAreNotPresent"] = "an empty map is not sent",
        ["QueryIdempotencyTokenAutoFill"] = MadeUp,
        ["RestXmlQueryPrecedence"] = Named,
        ["RestJsonAllQueryStringTypes"] = Named,
        ["RestJsonQueryStringEscaping"] = Named,
        ["RestJsonSupportsNaNFloatQueryValues"] = Named,
        ["RestJsonSupportsInfinityFloatQueryValues"] = Named,
        ["RestJsonSupportsNegativeInfinityFloatQueryValues"] = Named,
        ["RestJsonZeroAndFalseQueryValues"] = Named,
        ["RestJsonQueryPrecedence"] = Named,
        ["RestJsonHttpWithEmptyStructurePayload"] = EmptyPayload,
        ["RestJsonHttpWithHeadersButNoPayload"] = EmptyPayload,
    };

    /// <summary>The member takes every header, those of the answer itself too: these are taken off before it is read back.</summary>
    public const string TakesEveryHeader = "HttpPrefixHeadersResponse";
}
