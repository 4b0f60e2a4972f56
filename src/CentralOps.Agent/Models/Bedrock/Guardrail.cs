namespace CentralOps.Agent.Models.Bedrock;

/// <summary>A guardrail of Amazon Bedrock that stands between the conversation and the model.</summary>
/// <param name="Id">Its id or ARN.</param>
/// <param name="Version">Such as <c>1</c>, or <c>DRAFT</c>.</param>
public sealed record Guardrail(string Id, string Version);
