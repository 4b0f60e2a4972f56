using System.Globalization;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>Sees to it that each call has one id of its own in the conversation, and its result in the turn after it.</summary>
internal static class CallPairs
{
    private const string NotCarriedOut = "This call was not carried out.";

    public static IReadOnlyList<Turn> Mend(List<Turn> turns)
    {
        var mended = new List<Turn>(turns.Count + 1);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var open = new List<(string OwnId, Block.Call Call)>();
        foreach (var turn in turns)
        {
            if (turn.IsModels)
            {
                mended.Add(turn with { Blocks = [.. turn.Blocks.Select(block => block is Block.Call call ? Begin(call, taken, open) : block)] });
                continue;
            }

            mended.Add(turn with { Blocks = Answer(turn.Blocks, open) });
        }

        if (open.Count > 0)
        {
            mended.Add(new Turn(IsModels: false, Answer([], open)));
        }

        return mended;
    }

    private static Block.Call Begin(Block.Call call, HashSet<string> taken, List<(string OwnId, Block.Call Call)> open)
    {
        // Some servers number calls anew in each answer, and some give no id at all.
        var wanted = ToolNames.Fit(call.Id);
        var id = wanted;
        for (var number = 2; !taken.Add(id); number++)
        {
            id = ToolNames.Fit(string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}"));
        }

        var begun = call with { Id = id };
        open.Add((call.Id, begun));
        return begun;
    }

    private static List<Block> Answer(IReadOnlyList<Block> blocks, List<(string OwnId, Block.Call Call)> open)
    {
        var results = blocks.OfType<Block.Result>().ToList();
        var answered = new List<Block>(blocks.Count);
        foreach (var (ownId, call) in open)
        {
            var at = results.FindIndex(result => string.Equals(result.CallId, ownId, StringComparison.Ordinal));
            answered.Add(at < 0 ? new Block.Result(call.Id, NotCarriedOut, IsError: true) : results[at] with { CallId = call.Id });
            if (at >= 0)
            {
                results.RemoveAt(at);
            }
        }

        open.Clear();
        answered.AddRange(results.Select(static orphan => new Block.Words($"[The answer of a tool whose call is left out]\n{orphan.Text}")));
        answered.AddRange(blocks.Where(static block => block is not Block.Result));
        return answered;
    }
}
