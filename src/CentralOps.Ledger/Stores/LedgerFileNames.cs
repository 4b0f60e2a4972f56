using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CentralOps.Ledger.Writing;

namespace CentralOps.Ledger.Stores;

/// <summary><c>WRITER.000001.jsonl</c> for records, <c>WRITER.heads</c> for heads.</summary>
internal static class LedgerFileNames
{
    public const string PartPattern = "*.jsonl";
    public const string HeadsPattern = "*.heads";

    public static string Part(string directory, string writer, int part) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{writer}.{part:D6}.jsonl"));

    public static string Heads(string directory, string writer) => Path.Combine(directory, writer + ".heads");

    /// <summary>Held by the writer while it lives.</summary>
    public static string Lock(string directory, string writer) => Path.Combine(directory, writer + ".lock");

    public static bool TryReadPart(string path, [NotNullWhen(true)] out string? writer, out int part)
    {
        var pieces = Path.GetFileName(path).Split('.');
        (writer, part) = (pieces[0], 0);
        return pieces.Length == 3 && WriterId.IsValid(writer) && int.TryParse(pieces[1], NumberStyles.None, CultureInfo.InvariantCulture, out part);
    }
}
