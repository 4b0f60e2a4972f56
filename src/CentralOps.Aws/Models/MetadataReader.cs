using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>Reads a model's metadata.</summary>
internal static class MetadataReader
{
    public static ServiceModel Read(ModelSource source, string? name)
    {
        string? serviceId = null, version = null, prefix = null, signing = null, protocol = null, jsonVersion = null;
        string? target = null, xmlNamespace = null, global = null, fullName = null;
        string[] others = [];
        var queryCompatible = false;
        var reader = new Utf8JsonReader(source.Metadata.Length == 0 ? "{}"u8 : source.Text(source.Metadata));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("protocols"u8))
            {
                others = JsonText.ReadStrings(ref reader);
                continue;
            }

            if (reader.ValueTextEquals("xmlNamespace"u8))
            {
                xmlNamespace = JsonText.ReadNamespace(ref reader)?.Uri;
                continue;
            }

            queryCompatible |= reader.ValueTextEquals("awsQueryCompatible"u8);
            var key = reader.GetString();
            var value = JsonText.ReadString(ref reader);
            _ = key switch
            {
                "serviceId" => serviceId = value,
                "serviceFullName" => fullName = value,
                "apiVersion" => version = value,
                "endpointPrefix" => prefix = value,
                "signingName" => signing = value,
                "protocol" => protocol = value,
                "jsonVersion" => jsonVersion = value,
                "targetPrefix" => target = value,
                "globalEndpoint" => global = value,
                _ => null,
            };
        }

        prefix ??= "";
        return new ServiceModel
        {
            Source = source,
            Name = name ?? prefix,
            ServiceId = serviceId ?? fullName ?? prefix,
            ApiVersion = version ?? "",
            EndpointPrefix = prefix,
            SigningName = signing ?? prefix,
            Protocols = ProtocolsOf(protocol, others, jsonVersion),
            TargetPrefix = target,
            XmlNamespace = xmlNamespace,
            GlobalEndpoint = global,
            QueryCompatible = queryCompatible,
        };
    }

    // In the order in which AWS's own SDKs prefer them, whatever the model names first: it is what emulators and proxies know too.
    // Names that are new to us are passed over as long as one is known.
    private static ProtocolKind[] ProtocolsOf(string? preferred, string[] others, string? jsonVersion)
    {
        var kinds = new List<ProtocolKind>();
        Add(preferred);
        foreach (var other in others)
        {
            Add(other);
        }

        kinds.Sort(static (one, other) => RankOf(one).CompareTo(RankOf(other)));
        return kinds.Count > 0 ? [.. kinds] : throw new FormatException($"The model's protocol '{preferred}' is not known.");

        void Add(string? name)
        {
            ProtocolKind? kind = name switch
            {
                "query" => ProtocolKind.AwsQuery,
                "ec2" => ProtocolKind.Ec2Query,
                "json" => jsonVersion is "1.0" ? ProtocolKind.AwsJson10 : ProtocolKind.AwsJson11,
                "rest-json" => ProtocolKind.RestJson1,
                "rest-xml" => ProtocolKind.RestXml,
                "smithy-rpc-v2-cbor" => ProtocolKind.RpcV2Cbor,
                _ => null,
            };
            if (kind is { } known && !kinds.Contains(known))
            {
                kinds.Add(known);
            }
        }
    }

    private static int RankOf(ProtocolKind kind) => kind switch
    {
        ProtocolKind.AwsJson10 or ProtocolKind.AwsJson11 => 0,
        ProtocolKind.RestJson1 => 1,
        ProtocolKind.RestXml => 2,
        ProtocolKind.RpcV2Cbor => 3,
        ProtocolKind.AwsQuery => 4,
        _ => 5,
    };
}
