using System.Collections.Concurrent;

namespace CentralOps.Aws.Models;

/// <summary>The service models that are built in: generated, pruned to what is used here, read when first asked for.</summary>
public static class ModelLibrary
{
    private const string Prefix = "Models/Core/";
    private const string Suffix = ".json";

    private static readonly ConcurrentDictionary<string, ServiceModel> Read = new(StringComparer.Ordinal);

    /// <summary>Names of the built-in services.</summary>
    public static IReadOnlyList<string> Services { get; } = FindServices();

    /// <param name="name">As the AWS CLI names it, such as <c>ec2</c> or <c>cloudwatch</c>.</param>
    /// <exception cref="ArgumentException">No such service is built in.</exception>
    public static ServiceModel Service(string name) =>
        Read.TryGetValue(name, out var service) ? service : Read.GetOrAdd(name, Open(name));

    public static OperationModel Operation(string service, string operation) => Service(service).Operation(operation);

    /// <summary>Opens a built-in model anew; <see cref="Service"/> opens each once.</summary>
    public static ServiceModel Open(string name)
    {
        using var resource = typeof(ModelLibrary).Assembly.GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw new ArgumentException($"No model of '{name}' is built in. Built in are: {string.Join(", ", Services)}.", nameof(name));
        var json = new byte[resource.Length];
        resource.ReadExactly(json);
        return ServiceModel.ReadLines(json, name);
    }

    private static string[] FindServices()
    {
        var names = new List<string>();
        foreach (var resource in typeof(ModelLibrary).Assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                names.Add(resource[Prefix.Length..^Suffix.Length]);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return [.. names];
    }
}
