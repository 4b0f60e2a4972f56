using System.Text.Json;
using CentralOps.Agent.Toolbox;

namespace CentralOps.Agent.Tests.Fixtures;

/// <summary>Tools whose calls take as long as a test wants.</summary>
internal sealed class WaitingTools(OwnTools own, Func<string, JsonElement, CancellationToken, Task<ToolAnswer>> answer) : IAgentTools
{
    /// <summary>Said before each answer.</summary>
    public string? Says { get; init; }

    public Task<IReadOnlyList<AgentTool>> ListAsync(CancellationToken cancellationToken) => own.ListAsync(cancellationToken);

    public Task<IReadOnlyList<AgentTool>?> SearchAsync(string query, CancellationToken cancellationToken) => own.SearchAsync(query, cancellationToken);

    public Task<ToolAnswer> CallAsync(string name, JsonElement arguments, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (Says is not null)
        {
            progress?.Report(Says);
        }

        return answer(name, arguments, cancellationToken);
    }
}
