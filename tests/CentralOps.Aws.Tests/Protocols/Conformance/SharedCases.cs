using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>AWS's protocol cases in <c>shared/conformance/aws-protocols</c>, which is not a part of the repository.</summary>
internal static class SharedCases
{
    public static readonly string[] Files =
    [
        "query", "ec2", "json", "json_1_0", "json_1_0-query-compatible", "rest-json", "rest-xml",
        "smithy-rpc-v2-cbor", "smithy-rpc-v2-cbor-query-compatible", "smithy-rpc-v2-cbor-non-query-compatible",
    ];

    /// <summary>Before a file's name: its cases with the models put into Smithy's form, so that both readers are judged.</summary>
    public const string AsSmithy = "smithy/";

    public static string Directory { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("CENTRALOPS_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared"), "conformance", "aws-protocols");

    public static bool Exist => System.IO.Directory.Exists(Directory);

    /// <param name="direction"><c>input</c> or <c>output</c>.</param>
    public static IEnumerable<ProtocolCase> Read(string direction, string file)
    {
        var suites = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Directory, direction, file.Replace(AsSmithy, "", StringComparison.Ordinal) + ".json")))!.AsArray();
        foreach (var suite in suites)
        {
            foreach (var given in suite!["cases"]!.AsArray())
            {
                yield return new ProtocolCase(file, suite.AsObject(), given!.AsObject());
            }
        }
    }

    public static ProtocolCase Find(string direction, string file, string id) => Read(direction, file).Single(known => known.Id == id);

    /// <summary>Ids as theory data: xunit shows one test for each.</summary>
    public static TheoryData<string, string> Ids(string direction, Func<ProtocolCase, bool> wanted)
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Exist ? Files.Concat(Files.Select(file => AsSmithy + file)) : [])
        {
            foreach (var known in Read(direction, file).Where(wanted))
            {
                data.Add(file, known.Id);
            }
        }

        return data;
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
}

internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = SharedCases.Exist ? null : $"AWS's protocol cases are not at {SharedCases.Directory}; CENTRALOPS_SHARED says where shared/ is.";
}

internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = SharedCases.Exist ? null : $"AWS's protocol cases are not at {SharedCases.Directory}; CENTRALOPS_SHARED says where shared/ is.";
}
