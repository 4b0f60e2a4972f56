namespace CentralOps.Agent.Models;

/// <summary>Whether the parts of a request that stay the same are marked for the provider to keep: reading them again is cheaper and faster.</summary>
public enum PromptCaching
{
    /// <summary>Where the model is known to take it.</summary>
    Auto,

    /// <summary>Always, such as for an application inference profile, whose model its ARN does not tell.</summary>
    On,

    Off,
}
