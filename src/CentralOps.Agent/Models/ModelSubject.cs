namespace CentralOps.Agent.Models;

/// <summary>Which model was asked, and where: what every message about it names.</summary>
/// <param name="Provider">As people call it, such as <c>Amazon Bedrock</c>; <c>the server</c> where it is somebody's own.</param>
/// <param name="Model">Its id.</param>
/// <param name="Place">The region or host.</param>
internal sealed record ModelSubject(ModelProvider Kind, string Provider, string Model, string Place)
{
    /// <summary>What must stand in no message.</summary>
    public ApiKey Key { get; init; }
}
