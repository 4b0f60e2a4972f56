using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace CentralOps.Models;

/// <summary>botocore's data directory: API descriptions, some gzipped, one folder a version.</summary>
public sealed record BotocoreData(string Directory, string Version)
{
    /// <summary>At a directory that was given, else where the Python on the path has it; null when there is none.</summary>
    public static BotocoreData? Find(string? directory)
    {
        if (directory is null)
        {
            return AskPython();
        }

        // The version stands in the package beside the data.
        var package = Path.Combine(directory, "..", "__init__.py");
        var line = File.Exists(package)
            ? File.ReadLines(package).FirstOrDefault(text => text.StartsWith("__version__", StringComparison.Ordinal))
            : null;
        return line?.Split('\'', '"') is [_, var version, ..] ? new(directory, version) : null;
    }

    /// <summary>Names of all services that it describes, in order.</summary>
    public IReadOnlyList<string> Services() =>
    [
        .. System.IO.Directory.GetDirectories(Directory)
            .Where(service => System.IO.Directory.GetDirectories(service) is { Length: > 0 } versions
                && System.IO.Directory.GetFiles(versions.Order(StringComparer.Ordinal).Last(), "service-2.json*").Length > 0)
            .Select(service => Path.GetFileName(service)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The newest version of a service's description.</summary>
    public JsonObject Service(string service) =>
        Read(service, "service-2") ?? throw new FileNotFoundException($"botocore has no description of '{service}'.");

    public JsonObject? Paginators(string service) => Read(service, "paginators-1")?["pagination"] as JsonObject;

    private JsonObject? Read(string service, string name)
    {
        var newest = System.IO.Directory.GetDirectories(Path.Combine(Directory, service)).Order(StringComparer.Ordinal).Last();
        var plain = Path.Combine(newest, name + ".json");
        if (File.Exists(plain))
        {
            return JsonNode.Parse(File.ReadAllBytes(plain)) as JsonObject;
        }

        if (!File.Exists(plain + ".gz"))
        {
            return null;
        }

        using var packed = File.OpenRead(plain + ".gz");
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return JsonNode.Parse(unpacked) as JsonObject;
    }

    private static BotocoreData? AskPython()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import botocore, os; print(botocore.__version__); print(os.path.join(os.path.dirname(botocore.__file__), 'data'))"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            var answer = python?.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            python?.WaitForExit();
            return answer is [var version, var directory] ? new(directory, version) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
