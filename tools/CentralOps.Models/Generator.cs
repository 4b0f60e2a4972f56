using System.Text.Json.Nodes;

namespace CentralOps.Models;

/// <summary>Makes the committed models from botocore's.</summary>
public static class Generator
{
    /// <summary>The text of a service's file.</summary>
    public static string Generate(BotocoreData botocore, string service, IReadOnlyList<string> operations)
    {
        var source = new JsonObject { ["name"] = "botocore", ["version"] = botocore.Version, ["license"] = "Apache-2.0" };
        return ModelWriter.Write(ModelPruner.Prune(botocore.Service(service), botocore.Paginators(service), operations, source));
    }
}
