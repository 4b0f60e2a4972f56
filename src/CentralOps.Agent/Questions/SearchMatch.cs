using System.Text.Json.Nodes;
using CentralOps.Agent.Toolbox;

namespace CentralOps.Agent.Questions;

/// <summary>What a question without a model comes to: a call that may be made. It was found by words, and is nobody's judgement.</summary>
/// <param name="Tool">The tool that fits best.</param>
/// <param name="Arguments">What could be filled from the question.</param>
/// <param name="Missing">Arguments that the tool needs and the question does not say.</param>
/// <param name="NotUsed">What the question says and the tool cannot be told.</param>
/// <param name="Others">Tools that fit too, the best first.</param>
/// <param name="Notes">What a person should know of how it was found.</param>
public sealed record SearchMatch(
    AgentTool Tool, JsonObject Arguments, IReadOnlyList<string> Missing, IReadOnlyList<string> NotUsed, IReadOnlyList<AgentTool> Others, IReadOnlyList<string> Notes);
