using System.Text.Json.Nodes;

namespace CentralOps.Models.Catalogue;

/// <summary>One API description and where it was found.</summary>
/// <param name="Service">As the AWS CLI names it.</param>
public sealed record Description(string Service, JsonObject Model)
{
    public JsonObject Metadata => (JsonObject)Model["metadata"]!;

    public JsonObject Operations => (JsonObject)Model["operations"]!;

    /// <summary>What SDKs agree on across sources.</summary>
    public string ServiceId => (string?)Metadata["serviceId"] ?? (string)Metadata["serviceFullName"]!;

    public string SigningName => (string?)Metadata["signingName"] ?? (string)Metadata["endpointPrefix"]!;
}
