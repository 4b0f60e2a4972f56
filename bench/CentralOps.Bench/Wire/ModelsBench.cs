using CentralOps.Aws.Models;

namespace CentralOps.Bench.Wire;

/// <summary>
/// Opening every model that is built in, against one read of the same files; and with one operation of each taken out, with all that its input and
/// output reach at first hand, which is what a cold start does.
/// </summary>
internal static class ModelsBench
{
    private const int Rounds = 200;

    public static int Run(int pairs, string directory)
    {
        var files = Directory.GetFiles(directory, "*.json").Order(StringComparer.Ordinal).ToArray();
        var names = files.Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
        var bytes = files.Sum(file => new FileInfo(file).Length);
        var first = names.Select(name => ModelLibrary.Service(name).OperationNames.First()).ToArray();
        Pairs.Run($"open {files.Length} models of {bytes:N0} bytes, {Rounds} times", pairs, () => Open(names, null), () => ReadFiles(files));
        Pairs.Run($"open them and one operation of each, {Rounds} times", pairs, () => Open(names, first), () => ReadFiles(files));
        return 0;
    }

    private static void Open(string[] names, string[]? operations)
    {
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < names.Length; i++)
            {
                var model = ModelLibrary.Open(names[i]);
                _ = operations is null ? null : model.Operation(operations[i]);
            }
        }
    }

    private static void ReadFiles(string[] files)
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var file in files)
            {
                _ = File.ReadAllBytes(file);
            }
        }
    }
}
