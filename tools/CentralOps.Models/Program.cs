using CentralOps.Models;

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

if (EndpointData.Generate(Path.Combine(root, "tools", "CentralOps.Models", "endpoints.py")) is { } endpoints)
{
    File.WriteAllText(Path.Combine(root, "src", "CentralOps.Aws", "Endpoints", "services.txt"), endpoints);
    Console.WriteLine($"src/CentralOps.Aws/Endpoints/services.txt: {endpoints.Length:N0} characters");
}

return 0;

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
