using System.Diagnostics.CodeAnalysis;
using CentralOps.Agent.Models.Anthropic;
using CentralOps.Agent.Models.Bedrock;
using CentralOps.Agent.Models.Http;
using CentralOps.Agent.Models.OpenAI;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models;

/// <summary>Opens the model that somebody chose.</summary>
public static class ChatModels
{
    /// <summary>
    /// A client for the model. Nothing is sent yet. It answers <see cref="IChatClient.GetResponseAsync"/> by the provider's whole answers and
    /// <see cref="IChatClient.GetStreamingResponseAsync"/> by its streams: text as it comes, thoughts and calls whole, usage and reason last. What
    /// goes wrong is a <see cref="ModelException"/>. A call whose input is no JSON object carries a <see cref="FunctionCallContent.Exception"/>; a
    /// result with a <see cref="FunctionResultContent.Exception"/> is told to the model as a failure, in the words of its result. One client is
    /// one model: <see cref="ChatOptions.ModelId"/> is not read.
    /// </summary>
    /// <param name="choice">The model.</param>
    /// <param name="connection">What it is reached through.</param>
    /// <param name="client">The client.</param>
    /// <param name="problem">What is missing, and how to set it; never a secret.</param>
    public static bool TryOpen(ModelChoice choice, ModelConnection connection, [NotNullWhen(true)] out IChatClient? client, [NotNullWhen(false)] out string? problem)
    {
        var (wire, missing) = choice.Provider switch
        {
            ModelProvider.Bedrock => Bedrock(choice, connection),
            ModelProvider.Anthropic => WithKey(choice, connection, AnthropicDialect.KeySetting, key => new AnthropicDialect(choice, key, connection.PromptCaching)),
            _ => WithKey(choice, connection, OpenAIDialect.KeySetting, key => new OpenAIDialect(choice, key)),
        };
        client = wire is null ? null : new ModelClient(wire, connection.Limits, connection.Time, connection.Jitter);
        problem = missing;
        return client is not null;
    }

    // Servers of one's own ask for none.
    private static (IModelWire? Wire, string? Missing) WithKey(ModelChoice choice, ModelConnection connection, string setting, Func<ApiKey, IHttpDialect> dialect)
    {
        if (!ApiKey.TryRead(setting, connection.Setting(setting), out var key, out var problem))
        {
            return (null, problem);
        }

        return key.Secret.Length == 0 && choice.Endpoint is null
            ? (null, $"{setting} is not set, which {choice} needs. Set it to a key of yours, or choose a model of another provider.")
            : (new HttpWire(dialect(key), connection), null);
    }

    private static (IModelWire? Wire, string? Missing) Bedrock(ModelChoice choice, ModelConnection connection)
    {
        var model = new BedrockModel(choice.Id);
        var region = model.Region ?? connection.Region;
        if (string.IsNullOrEmpty(region))
        {
            return (null, $"No AWS region is set to ask {choice} in. Set AWS_REGION, such as us-east-1, or give a region.");
        }

        return connection is { Aws: { } aws, Credentials: { } credentials }
            ? (new BedrockWire(model, aws, credentials, region, connection), null)
            : (null, $"There are no AWS credentials to ask {choice} with. Sign in to AWS, or choose a model of another provider.");
    }
}
