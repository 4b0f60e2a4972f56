using System.Text.Json;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>A part of a turn, whatever the provider.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    public sealed record Words(string Text) : Block;

    /// <param name="Text">What the model thought.</param>
    /// <param name="Seal">What its provider wants back with it: a signature, or the thought itself, encrypted, where <paramref name="Text"/> is empty.</param>
    public sealed record Thought(string Text, string Seal) : Block;

    /// <param name="Id">Unique in the conversation.</param>
    /// <param name="Name">The tool, as the provider knows it.</param>
    /// <param name="Input">A JSON object.</param>
    public sealed record Call(string Id, string Name, JsonElement Input) : Block;

    public sealed record Result(string CallId, string Text, bool IsError) : Block;
}

/// <summary>What one side said until the other did. Blocks are in the order that every provider takes: thoughts, then words, then calls; results before words.</summary>
internal sealed record Turn(bool IsModels, IReadOnlyList<Block> Blocks);
