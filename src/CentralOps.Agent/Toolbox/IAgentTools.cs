using System.Text.Json;

namespace CentralOps.Agent.Toolbox;

/// <summary>The tools that an agent may use: an MCP client, seen from here. Safe for concurrent use.</summary>
public interface IAgentTools
{
    /// <summary>Every tool that there is for this caller.</summary>
    /// <exception cref="ToolsUnreachableException">Whoever serves them does not answer.</exception>
    Task<IReadOnlyList<AgentTool>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The tools that fit a text best, the best first; null where those who serve them have no search.</summary>
    /// <exception cref="ToolsUnreachableException">Whoever serves them does not answer.</exception>
    Task<IReadOnlyList<AgentTool>?> SearchAsync(string query, CancellationToken cancellationToken);

    /// <summary>Calls a tool.</summary>
    /// <param name="name">As it is listed.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="progress">What the tool says while it works, where it says something.</param>
    /// <returns>What it answered, an error of its own included.</returns>
    /// <exception cref="ToolsUnreachableException">Whoever serves them does not answer.</exception>
    Task<ToolAnswer> CallAsync(string name, JsonElement arguments, IProgress<string>? progress, CancellationToken cancellationToken);
}

/// <summary>What a tool answered.</summary>
/// <param name="Text">JSON as a rule; whatever it is, it was written by others.</param>
/// <param name="IsError">The tool said itself that it failed.</param>
public sealed record ToolAnswer(string Text, bool IsError);

/// <summary>The tools cannot be reached at all.</summary>
/// <param name="sentence">For a person: what is the matter and what to do.</param>
public sealed class ToolsUnreachableException(string sentence) : Exception(sentence);
