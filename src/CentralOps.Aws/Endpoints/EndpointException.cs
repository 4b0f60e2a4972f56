namespace CentralOps.Aws.Endpoints;

/// <summary>There is no endpoint for what was asked: a region that is none, or a setting that is no URL. The message says which, and the repair.</summary>
public sealed class EndpointException(EndpointProblem problem, string message) : Exception(message)
{
    public EndpointProblem Problem => problem;
}

public enum EndpointProblem
{
    /// <summary>The region's name is not one.</summary>
    Region,

    /// <summary>An <c>AWS_ENDPOINT_URL…</c> setting is not a base URL.</summary>
    Setting,
}
