namespace CentralOps.Agent.Prompts;

/// <summary>One rule of the system prompt.</summary>
/// <param name="Name">By which tests and pages speak of it.</param>
public sealed record PromptRule(string Name, string Text);
