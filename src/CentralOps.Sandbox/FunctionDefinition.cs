namespace CentralOps.Sandbox;

/// <summary>A Lambda function with a custom runtime: a program that speaks the Lambda runtime API.</summary>
public sealed record FunctionDefinition
{
    /// <summary>1 to 64 letters, digits, hyphens and underscores.</summary>
    public required string Name { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>The execution role, in the same account; its session's keys are in the function's environment.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The function's resource-based policy, a JSON document; null when it has none.</summary>
    public string? Policy { get; init; }

    /// <summary>It has a function URL with AWS_IAM.</summary>
    public bool HasUrl { get; init; }

    /// <summary>Full path of the program.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Set over what Lambda sets, but not over what keeps the function away from real AWS.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Time for one invocation, 1 s to 15 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker may have nothing to do before it is stopped.</summary>
    public TimeSpan IdleStop { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reserved concurrency: the most invocations, and so workers, at a time; 1 to 1,000.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Told to the function and in reports; not enforced.</summary>
    public int MemoryMb { get; init; } = 512;

    public string Handler { get; init; } = "bootstrap";

    internal string Arn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";
}

/// <summary>A process that runs a function; <paramref name="State"/> is <c>starting</c>, <c>idle</c>, <c>busy</c> or <c>stopping</c>.</summary>
public sealed record FunctionProcess(string Function, int ProcessId, string State);
