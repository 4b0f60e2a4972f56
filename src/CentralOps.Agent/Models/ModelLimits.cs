namespace CentralOps.Agent.Models;

/// <summary>What is read of an answer at most, and how long is waited for it. A value out of range throws where it is set.</summary>
public sealed record ModelLimits
{
    /// <summary>Characters of an answer's text, thoughts and tool inputs together; 1 to 64 Mi.</summary>
    public int AnswerCharacters { get; init => field = Check(value, 64 * 1024 * 1024); } = 4 * 1024 * 1024;

    /// <summary>Tool calls of one answer; 1 to 1,000.</summary>
    public int ToolCalls { get; init => field = Check(value, 1000); } = 64;

    /// <summary>Bytes of a request; 1 to 64 MiB.</summary>
    public int RequestBytes { get; init => field = Check(value, 64 * 1024 * 1024); } = 8 * 1024 * 1024;

    /// <summary>Bytes of an answer as it comes over the connection; 1 to 256 MiB.</summary>
    public int AnswerBytes { get; init => field = Check(value, 256 * 1024 * 1024); } = 32 * 1024 * 1024;

    /// <summary>Bytes of one line of a stream of server-sent events; 1 to 64 MiB.</summary>
    public int LineBytes { get; init => field = Check(value, 64 * 1024 * 1024); } = 2 * 1024 * 1024;

    /// <summary>From the question to the answer's end; 1 ms to 15 minutes.</summary>
    public TimeSpan Answer { get; init => field = Check(value); } = TimeSpan.FromMinutes(10);

    /// <summary>Between two pieces of a streamed answer, and before the first; 1 ms to 15 minutes.</summary>
    public TimeSpan Silence { get; init => field = Check(value); } = TimeSpan.FromMinutes(2);

    private static int Check(int value, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }

    private static TimeSpan Check(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(15));
        return value;
    }
}
