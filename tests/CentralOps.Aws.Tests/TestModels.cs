using System.Text;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests;

/// <summary>Small service models of our own.</summary>
internal static class TestModels
{
    /// <summary>An awsJson service that lists things, page by page.</summary>
    public static ServiceModel Things => _things ??= ServiceModel.Read(Encoding.UTF8.GetBytes(ThingsText));

    private const string ThingsText =
        """
        {
          "version": "2.0",
          "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "things", "jsonVersion": "1.1", "protocol": "json",
            "serviceId": "Things", "signatureVersion": "v4", "targetPrefix": "Things_20260101"
          },
          "operations": {
            "ListThings": {
              "name": "ListThings", "http": { "method": "POST", "requestUri": "/" },
              "input": { "shape": "ListThingsRequest" }, "output": { "shape": "ListThingsResponse" }
            }
          },
          "shapes": {
            "ListThingsRequest": { "type": "structure", "members": { "Name": { "shape": "Text" } } },
            "ListThingsResponse": { "type": "structure", "members": { "Things": { "shape": "ThingList" } } },
            "ThingList": { "type": "list", "member": { "shape": "Thing" } },
            "Thing": { "type": "structure", "members": { "Name": { "shape": "Text" } } },
            "Text": { "type": "string" }
          }
        }
        """;

    private static ServiceModel? _things;

    /// <summary>The same, with an id and an operation of that name.</summary>
    public static OperationModel NamedLike(string serviceId, string operation) =>
        ServiceModel.Read(Encoding.UTF8.GetBytes(ThingsText.Replace("\"Things\", \"signature", $"\"{serviceId}\", \"signature").Replace("\"ListThings\"", $"\"{operation}\""))).Operation(operation);

    /// <summary>A service with no operations, for what needs no more than its names.</summary>
    public static ServiceModel Service(string prefix, string? serviceId = null) => new()
    {
        Name = prefix,
        ServiceId = serviceId ?? prefix,
        ApiVersion = "2026-01-01",
        EndpointPrefix = prefix,
        SigningName = prefix,
        Protocols = [ProtocolKind.AwsJson11],
    };
}
