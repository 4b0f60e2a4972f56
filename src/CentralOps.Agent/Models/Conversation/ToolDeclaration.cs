using System.Text.Json;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>A tool as a provider hears of it.</summary>
/// <param name="Name">As the provider knows it.</param>
/// <param name="Description">Empty where there is none.</param>
/// <param name="Schema">A JSON Schema whose type is object.</param>
internal sealed record ToolDeclaration(string Name, string Description, JsonElement Schema);
