using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Models.Catalogue;

/// <summary>The API descriptions in npm <c>aws-sdk</c>'s <c>apis/</c>: minified, the newest version of each service.</summary>
public sealed record NpmCatalogue(string Directory, string Version)
{
    private const string Suffix = ".min.json";

    /// <param name="modules">The <c>node_modules</c> that may hold it.</param>
    public static NpmCatalogue? Find(string modules)
    {
        var package = Path.Combine(modules, "aws-sdk", "package.json");
        return File.Exists(package)
            ? new(Path.Combine(modules, "aws-sdk", "apis"), (string)JsonNode.Parse(File.ReadAllBytes(package))!["version"]!)
            : null;
    }

    /// <summary>File names without their suffix, such as <c>ec2-2016-11-15</c>: the newest of each service id, in order.</summary>
    public IReadOnlyList<string> Names()
    {
        var newest = new Dictionary<string, (string Version, string Name)>(StringComparer.Ordinal);
        foreach (var file in System.IO.Directory.GetFiles(Directory, "*" + Suffix).Order(StringComparer.Ordinal))
        {
            var (id, version) = IdentityOf(File.ReadAllBytes(file));
            if (!newest.TryGetValue(id, out var other) || string.CompareOrdinal(other.Version, version) < 0)
            {
                newest[id] = (version, Path.GetFileName(file)[..^Suffix.Length]);
            }
        }

        return [.. newest.Values.Select(one => one.Name).Order(StringComparer.Ordinal)];
    }

    public byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Directory, name + Suffix));

    /// <summary>A service's description under the name that its file has, which the AWS CLI mostly shares.</summary>
    public Description Open(string name) => new(name[..^"-2016-11-15".Length], (JsonObject)JsonNode.Parse(Bytes(name))!);

    // Metadata stands at a file's beginning, and the largest files have megabytes behind it.
    private static (string Id, string Version) IdentityOf(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("metadata"u8))
            {
                var metadata = JsonNode.Parse(ref reader)!;
                return ((string?)metadata["serviceId"] ?? (string)metadata["serviceFullName"]!, (string)metadata["apiVersion"]!);
            }
        }

        throw new FormatException("A description has no metadata.");
    }
}
