namespace CentralOps.Agent.Models;

/// <summary>Names in the additional counts of a usage.</summary>
public static class ModelUsageNames
{
    /// <summary>Input tokens that were written to the provider's cache; part of the input's count.</summary>
    public const string CacheWritten = "cache_write_input_tokens";
}
