using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>What a synchronization changed, for <c>statusReasons</c>: a sentence for each kind and change, none where nothing is different.</summary>
internal static class DiffSentences
{
    private const int MostNamed = 40;

    public static IEnumerable<string> Of(CatalogDiff diff) =>
    [
        .. Of(diff.Tools, "tool"),
        .. Of(diff.Prompts, "prompt"),
        .. Of(diff.Resources, "resource"),
        .. Of(diff.ResourceTemplates, "resource template"),
    ];

    private static IEnumerable<string> Of(KindDiff diff, string noun)
    {
        foreach (var (verb, names) in ((string, IReadOnlyList<string>)[])[("added", diff.Added), ("changed", diff.Changed), ("removed", diff.Removed)])
        {
            if (names.Count > 0)
            {
                var shown = string.Join(", ", names.Take(MostNamed).Select(static name => Printable.Text(name, 64)));
                yield return $"{names.Count} {noun}{(names.Count == 1 ? "" : "s")} {verb}: {shown}{(names.Count > MostNamed ? ", …" : "")}";
            }
        }
    }
}
