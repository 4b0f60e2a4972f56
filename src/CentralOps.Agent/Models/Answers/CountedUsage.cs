using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Answers;

/// <summary>What an answer cost, as a chat's usage has it.</summary>
internal static class CountedUsage
{
    /// <param name="input">All of the input, what was read from and written to the cache included.</param>
    public static AnswerPiece.Used Of(long input, long output, long cacheRead, long cacheWritten) => new(new UsageDetails
    {
        InputTokenCount = input,
        OutputTokenCount = output,
        TotalTokenCount = input + output,
        CachedInputTokenCount = cacheRead,
        AdditionalCounts = new AdditionalPropertiesDictionary<long> { [ModelUsageNames.CacheWritten] = cacheWritten },
    });
}
