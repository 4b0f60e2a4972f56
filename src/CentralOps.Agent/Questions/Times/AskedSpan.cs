namespace CentralOps.Agent.Questions.Times;

/// <summary>The span of time that a question speaks of, as the tools take it: back from now (-24h) or ISO 8601 in UTC.</summary>
/// <param name="End">Null: until now.</param>
internal sealed record AskedSpan(string Start, string? End);
