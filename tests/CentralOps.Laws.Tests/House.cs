using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace CentralOps.Laws.Tests;

/// <summary>The checkout as these laws see it.</summary>
internal static class House
{
    /// <summary>Floors from the ground up, as design has them. A room that is not here breaks a law.</summary>
    public static readonly IReadOnlyDictionary<string, int> Floors = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["CentralOps.Aws"] = 0,
        ["CentralOps.Access"] = 0,
        ["CentralOps.Ledger"] = 0,
        ["CentralOps.Text"] = 0,
        ["CentralOps.Profiles"] = 1,
        ["CentralOps.Accounts"] = 1,
        ["CentralOps.Gateway"] = 1,
        ["CentralOps.Sandbox"] = 1,
        ["CentralOps.Tools"] = 2,
        ["CentralOps.Agent"] = 2,
        ["CentralOps.Proxy"] = 2,
        ["CentralOps.Console"] = 3,
        ["CentralOps.Deployment"] = 3,
        ["CentralOps.Functions"] = 4,
        ["CentralOps.Cli"] = 4,
    };

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Rooms => Directory.GetDirectories(Path.Combine(Root, "src")).Select(path => Path.GetFileName(path)!).Where(name => name.StartsWith("CentralOps.", StringComparison.Ordinal));

    public static IEnumerable<string> References(string room) =>
        XDocument.Load(Path.Combine(Root, "src", room, room + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    public static IEnumerable<Assembly> Assemblies =>
    [
        typeof(Aws.Calls.AwsClient).Assembly,
        typeof(Access.Callers.Caller).Assembly,
        typeof(Text.Search.SearchIndex).Assembly,
        typeof(Ledger.ILedger).Assembly,
        typeof(Accounts.AccountId).Assembly,
        typeof(Gateway.GatewayServer).Assembly,
        typeof(Sandbox.SandboxServer).Assembly,
        typeof(Tools.ToolCatalog).Assembly,
        typeof(Proxy.ProxyOptions).Assembly,
        typeof(Agent.Models.ModelChoice).Assembly,
        Assembly.Load("centralops"),
        Assembly.Load("bootstrap"),
    ];

    /// <summary>What people wrote: no closures, state machines or generated serializers.</summary>
    public static IEnumerable<Type> WrittenTypes =>
        Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type =>
            type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null
            && !type.FullName!.Contains('<', StringComparison.Ordinal)
            && type.Namespace?.StartsWith("CentralOps", StringComparison.Ordinal) == true);

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "CentralOps.slnx")))
        {
            directory = Path.GetDirectoryName(directory.TrimEnd('/')) ?? throw new InvalidOperationException("These tests run inside a checkout.");
        }

        return directory;
    }
}
