namespace CentralOps.Sandbox.AwsMcp;

/// <summary>The stand-in for the AWS MCP Server: AWS's quotas, which are counted for each account in each region, and what a script may use.</summary>
public sealed record AwsMcpOptions
{
    /// <summary>Sustained; 0.1 to 100,000.</summary>
    public double RequestsPerSecond { get; init; } = 3;

    /// <summary>Requests that may come at once after a rest; 1 to 100,000.</summary>
    public int Burst { get; init; } = 6;

    /// <summary>Requests that are being answered at a time; 1 to 10,000.</summary>
    public int ConcurrentRequests { get; init; } = 27;

    /// <summary>MCP sessions that are open at a time; 1 to 10,000.</summary>
    public int Sessions { get; init; } = 180;

    /// <summary>A session that nobody has used for so long is gone.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Answers calls as a stream of server-sent events instead of as JSON; a server may do either.</summary>
    public bool AnswersAsEvents { get; init; }

    /// <summary>Speaks MCP 2026-07-28, without sessions, beside the revisions that have them.</summary>
    public bool Stateless { get; init; }

    /// <summary>Full path of a Python 3 with boto3 1.31 or later; null takes the first of that kind on the PATH.</summary>
    public string? Python { get; init; }

    /// <summary>From start to end of a script, 1 s to 15 minutes.</summary>
    public TimeSpan ScriptTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Scripts of all accounts that run at a time; more wait. 1 to 64.</summary>
    public int ConcurrentScripts { get; init; } = 8;
}
