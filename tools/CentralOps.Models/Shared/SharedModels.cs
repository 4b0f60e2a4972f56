using System.Text.Json.Nodes;

namespace CentralOps.Models.Shared;

/// <summary>API descriptions beside the checkout that are newer than the botocore at hand: <c>../shared/models</c>.</summary>
public sealed record SharedModels(string Directory)
{
    // Said in shared/reference/agentcore-gateway.md; the files themselves do not say it.
    private const string Version = "1.43.67";

    /// <summary>Null where there are none.</summary>
    public static SharedModels? Find(string root)
    {
        var directory = Path.Combine(root, "..", "shared", "models");
        return System.IO.Directory.Exists(directory) ? new(directory) : null;
    }

    /// <summary>The text of a service's file, and of the file of its constraints.</summary>
    public (string Model, string Constraints) Generate(string service, IReadOnlyList<string> operations)
    {
        var description = (JsonObject)JsonNode.Parse(File.ReadAllBytes(Path.Combine(Directory, service + ".json")))!;
        var source = new JsonObject { ["name"] = "botocore", ["version"] = Version, ["license"] = "Apache-2.0" };
        var pruned = ModelPruner.Prune(description, TokenPages.Of(description, operations), operations, source);
        return (ModelWriter.Write(pruned), Constraints.Write(description, pruned["shapes"]!.AsObject(), source));
    }
}
