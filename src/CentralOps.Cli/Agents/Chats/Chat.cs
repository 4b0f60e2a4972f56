namespace CentralOps.Cli.Agents.Chats;

/// <summary>A chat as it is kept.</summary>
/// <param name="Title">Its first question.</param>
/// <param name="Answers">How many questions were answered.</param>
/// <param name="Messages">The conversation, as JSON.</param>
internal sealed record Chat(string Id, DateTimeOffset Started, DateTimeOffset Last, string Model, string Title, long Answers, string Messages);
