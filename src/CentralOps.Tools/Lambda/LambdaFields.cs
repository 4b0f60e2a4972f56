using CentralOps.Aws.Projections;

namespace CentralOps.Tools.Lambda;

/// <summary>What is told of a function's configuration: of its environment variables the names, never a value.</summary>
internal static class LambdaFields
{
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Runtime"] = "Such as python3.13; null for a container image.",
        ["CodeSize"] = "Bytes.",
        ["MemorySize"] = "MB.",
        ["Timeout"] = "Seconds.",
        ["EnvironmentNames"] = "Names of the environment variables; their values are never read.",
    };

    /// <param name="before">The path to the configuration, with a dot at its end, or nothing.</param>
    public static IReadOnlyList<Field> Configuration(string before) =>
    [
        Field.Value(before + "FunctionName"),
        Field.Value(before + "Runtime"),
        Field.Value(before + "Handler"),
        Field.Value(before + "PackageType"),
        Field.Value(before + "Architectures"),
        Field.Value(before + "MemorySize"),
        Field.Value(before + "Timeout"),
        Field.Value(before + "CodeSize"),
        Field.Value(before + "LastModified"),
        Field.Value(before + "Version"),
        Field.Value(before + "Role"),
        Field.MapNames(before + "Environment.Variables", "EnvironmentNames"),
        Field.Value(before + "VpcConfig.VpcId", "VpcId"),
        Field.Value(before + "Description"),
        Field.Value(before + "FunctionArn"),
    ];
}
