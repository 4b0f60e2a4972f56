using CentralOps.Agent.Models.Bedrock;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;

namespace CentralOps.Agent.Models;

/// <summary>What models are reached through. The composition makes it once; everything in it may be shared.</summary>
public sealed record ModelConnection
{
    /// <summary>The transport for Anthropic and OpenAI. It must not follow redirects: the key goes to the URL that was named and nowhere else.</summary>
    public required HttpMessageInvoker Http { get; init; }

    /// <summary>The environment: <c>ANTHROPIC_API_KEY</c> and <c>OPENAI_API_KEY</c> are asked for when a model is opened.</summary>
    public required Func<string, string?> Setting { get; init; }

    /// <summary>For Bedrock.</summary>
    public AwsClient? Aws { get; init; }

    /// <summary>For Bedrock: whose keys sign.</summary>
    public ICredentialSource? Credentials { get; init; }

    /// <summary>For Bedrock: where, unless the model's ARN says it.</summary>
    public string? Region { get; init; }

    public PromptCaching PromptCaching { get; init; }

    /// <summary>For Bedrock; null: none.</summary>
    public Guardrail? Guardrail { get; init; }

    public ModelLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Spreads the waits between attempts. Has to be safe for concurrent use.</summary>
    public Random Jitter { get; init; } = Random.Shared;

    /// <summary>What stands in the User-Agent of requests to Anthropic and OpenAI.</summary>
    public string UserAgent { get; init; } = "centralops";
}
