namespace CentralOps.Text.Search;

/// <summary>Keeps the best of what it is shown: by score, then the lower number. A heap whose root is the worst that is kept.</summary>
internal struct TopHits(int most)
{
    private readonly (float Score, int Document)[] _heap = new (float, int)[most];
    private int _count;

    public void Offer(float score, int document)
    {
        if (_count < _heap.Length)
        {
            _heap[_count] = (score, document);
            Up(_count++);
            return;
        }

        if (_heap.Length > 0 && IsWorse(_heap[0], (score, document)))
        {
            _heap[0] = (score, document);
            Down();
        }
    }

    /// <summary>The best first.</summary>
    public readonly (float Score, int Document)[] Ranked()
    {
        var ranked = _heap[.._count];
        Array.Sort(ranked, static (left, right) => IsWorse(left, right) ? 1 : IsWorse(right, left) ? -1 : 0);
        return ranked;
    }

    private static bool IsWorse((float Score, int Document) left, (float Score, int Document) right) =>
        left.Score < right.Score || (left.Score.Equals(right.Score) && left.Document > right.Document);

    private readonly void Up(int at)
    {
        while (at > 0 && IsWorse(_heap[at], _heap[(at - 1) / 2]))
        {
            (_heap[at], _heap[(at - 1) / 2]) = (_heap[(at - 1) / 2], _heap[at]);
            at = (at - 1) / 2;
        }
    }

    private readonly void Down()
    {
        var at = 0;
        while (true)
        {
            var worst = at;
            for (var child = (2 * at) + 1; child <= (2 * at) + 2 && child < _count; child++)
            {
                worst = IsWorse(_heap[child], _heap[worst]) ? child : worst;
            }

            if (worst == at)
            {
                return;
            }

            (_heap[at], _heap[worst]) = (_heap[worst], _heap[at]);
            at = worst;
        }
    }
}
