namespace CentralOps.Tools.Aggregation;

/// <summary>What an aggregation may keep in memory. Not safe for concurrent use.</summary>
internal sealed class TallyBudget(long bytes)
{
    private const int Overhead = 64;

    private long _left = bytes;

    /// <summary>Whether there is room for a text; then it is taken.</summary>
    public bool TryTake(int characters)
    {
        var cost = Overhead + (2L * characters);
        if (cost > _left)
        {
            return false;
        }

        _left -= cost;
        return true;
    }
}
