using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Fixtures;

/// <summary>Tools as an agent hands them to a model.</summary>
internal static class Tool
{
    public const string Instances = "describe_ec2_instances";

    public static AITool Named(string name = Instances, string description = "EC2 instances of an account.", string? schema = null) => AIFunctionFactory.CreateDeclaration(
        name, description, JsonElement.Parse(schema ?? """{"type":"object","properties":{"account_id":{"type":"string"}},"required":["account_id"]}"""), returnJsonSchema: null);

    public static ChatMessage Called(params FunctionCallContent[] calls) => new(ChatRole.Assistant, [.. calls]);

    public static ChatMessage Answered(params FunctionResultContent[] results) => new(ChatRole.Tool, [.. results]);

    public static FunctionCallContent Call(string id, string accountId = "222222222222") => new(id, Instances, new Dictionary<string, object?> { ["account_id"] = accountId });

    public static ChatMessage User(string text) => new(ChatRole.User, text);
}
