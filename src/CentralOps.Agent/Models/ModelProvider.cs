namespace CentralOps.Agent.Models;

/// <summary>Whose protocol a model is spoken to in.</summary>
public enum ModelProvider
{
    /// <summary>Amazon Bedrock's Converse and ConverseStream, signed.</summary>
    Bedrock,

    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,

    /// <summary>Chat completions as OpenAI defined them, which many servers speak.</summary>
    OpenAI,
}
