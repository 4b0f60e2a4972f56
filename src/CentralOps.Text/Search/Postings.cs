namespace CentralOps.Text.Search;

/// <summary>Which documents have a term, and how much each says about it: one run of both arrays a term. Immutable.</summary>
/// <param name="Starts">Where a term's run begins; one more than there are terms.</param>
internal sealed record Postings(int[] Starts, int[] Documents, float[] Impacts)
{
    public int Count(int term) => Starts[term + 1] - Starts[term];

    public ReadOnlySpan<int> DocumentsOf(int term) => Documents.AsSpan(Starts[term], Count(term));

    public ReadOnlySpan<float> ImpactsOf(int term) => Impacts.AsSpan(Starts[term], Count(term));
}
