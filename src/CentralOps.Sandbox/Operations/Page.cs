namespace CentralOps.Sandbox.Operations;

/// <summary>One page of a list and the token for the next one; null at the end.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <param name="call">Its limit and token members are read.</param>
    /// <param name="rules">How this operation pages.</param>
    /// <param name="question">What distinguishes this list from others: a token is good for the same question only.</param>
    /// <param name="all">The whole list, in an order that stays.</param>
    /// <param name="tokens">Makes and checks tokens.</param>
    public static (Page<T>? Page, ServiceError? Error) Of(
        OperationCall call, PageRules rules, string question, IReadOnlyList<T> all, PageTokens tokens)
    {
        var size = call.Number(rules.Limit) ?? rules.Default;
        if (rules.Clamps && size > rules.Max)
        {
            size = rules.Max;
        }

        if (size < rules.Min || size > rules.Max)
        {
            return (null, rules.BadLimit(size));
        }

        var sealedQuestion = $"{call.Caller.AccountId}/{call.Region}/{question}";
        var start = 0;
        if (call.Text(rules.Token) is { Length: > 0 } token && (!tokens.TryRead(sealedQuestion, token, out start) || start > all.Count))
        {
            return (null, rules.BadToken);
        }

        var items = new T[(int)Math.Min(size, all.Count - start)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = all[start + i];
        }

        var end = start + items.Length;
        return (new Page<T>(items, end < all.Count ? tokens.Issue(sealedQuestion, end) : null), null);
    }
}
