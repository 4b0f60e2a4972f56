namespace CentralOps.Ledger.Records;

/// <summary>
/// What a call did in accounts, in parts that each make a line that tools can read, whatever the call did. An operation with very many request ids goes on in the
/// next part, without being counted again: none of AWS's ids is left out.
/// </summary>
internal static class AccountsParts
{
    private const int Accounts = 100;
    private const int Ids = 2000;

    public static IEnumerable<IReadOnlyList<AccountUse>> Of(IReadOnlyList<AccountUse> uses)
    {
        var part = new List<AccountUse>();
        var ids = 0;
        foreach (var piece in uses.SelectMany(Pieces))
        {
            var more = piece.SessionRequestIds.Count + piece.Operations.Sum(static operation => operation.RequestIds.Count);
            if (part.Count == Accounts || (part.Count > 0 && ids + more > Ids))
            {
                yield return part;
                (part, ids) = ([], 0);
            }

            part.Add(piece);
            ids += more;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>One account's use in pieces of at most so many ids.</summary>
    private static IEnumerable<AccountUse> Pieces(AccountUse use)
    {
        if (use.SessionRequestIds.Count + use.Operations.Sum(static operation => operation.RequestIds.Count) <= Ids)
        {
            return [use];
        }

        var sessions = use.SessionRequestIds.Chunk(Ids).Select((ids, index) => (index == 0 ? use : use with { Stage = null, Code = null }) with { SessionRequestIds = ids, Operations = [] });
        var operations = use.Operations.SelectMany(static operation => operation.RequestIds.Count == 0
            ? [operation]
            : operation.RequestIds.Chunk(Ids).Select((ids, index) => new OperationUse(operation.Operation, index == 0 ? operation.Calls : 0, index == 0 ? operation.Attempts : 0, ids)));
        return [.. sessions.DefaultIfEmpty(use with { Operations = [] }), .. operations.Select(operation => use with { SessionRequestIds = [], Stage = null, Code = null, Operations = [operation] })];
    }
}
