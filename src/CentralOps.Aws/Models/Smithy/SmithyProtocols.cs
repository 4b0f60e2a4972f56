using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>What a service's protocol traits say, in the words of AWS's API descriptions; the preferred protocol first, in the order that AWS's SDKs prefer them.</summary>
internal sealed class SmithyProtocols
{
    private static readonly (string Trait, string Protocol, string? JsonVersion)[] Known =
    [
        ("smithy.protocols#rpcv2Cbor", "smithy-rpc-v2-cbor", null),
        ("aws.protocols#awsJson1_0", "json", "1.0"),
        ("aws.protocols#awsJson1_1", "json", "1.1"),
        ("aws.protocols#restJson1", "rest-json", null),
        ("aws.protocols#restXml", "rest-xml", null),
        ("aws.protocols#awsQuery", "query", null),
        ("aws.protocols#ec2Query", "ec2", null),
    ];

    private readonly string[] _names;
    private readonly string? _jsonVersion;

    private SmithyProtocols(string[] names, string? jsonVersion) => (_names, _jsonVersion) = (names, jsonVersion);

    /// <summary>HTTP bindings count in the REST protocols only.</summary>
    public bool IsRest => Preferred is "rest-json" or "rest-xml";

    public bool IsRestXml => Preferred is "rest-xml";

    /// <summary>Whether the preferred protocol honours <c>xmlName</c> and the other XML traits.</summary>
    public bool IsXml => Preferred is "rest-xml" or "query" or "ec2";

    /// <summary>Of the JSON protocols only this one honours <c>jsonName</c>.</summary>
    public bool HasJsonNames => Preferred is "rest-json";

    public bool HasTargets => _names.Any(name => name is "json" or "smithy-rpc-v2-cbor");

    public bool IsQuery => _names.Contains("query");

    private string Preferred => _names[0];

    public static SmithyProtocols Of(Traits service, string id)
    {
        var found = Known.Where(known => service.Has(known.Trait)).ToArray();
        return found.Length > 0
            ? new([.. found.Select(known => known.Protocol).Distinct(StringComparer.Ordinal)], found.FirstOrDefault(known => known.JsonVersion is not null).JsonVersion)
            : throw new FormatException($"{id} has none of the protocols that are known here: {string.Join(", ", Known.Select(known => known.Trait))}.");
    }

    public void Write(JsonObject metadata)
    {
        metadata["protocol"] = Preferred;
        metadata["protocols"] = new JsonArray([.. _names.Select(name => JsonValue.Create(name))]);
        if (_jsonVersion is not null)
        {
            metadata["jsonVersion"] = _jsonVersion;
        }
    }
}
