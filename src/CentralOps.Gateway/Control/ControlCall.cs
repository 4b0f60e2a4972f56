using System.Text.Json.Nodes;
using CentralOps.Aws.Models;

namespace CentralOps.Gateway.Control;

/// <summary>One request whose input has been held against the model: what has to be there is there, in the form that it has to have.</summary>
/// <param name="Input">The input's members by their names; for this call alone.</param>
internal sealed record ControlCall(OperationModel Operation, JsonObject Input)
{
    /// <summary>Null where the request carries none.</summary>
    public ClientToken? Token { get; init; }

    public string Text(string member) => (string)Input[member]!;

    public string? Find(string member) => (string?)Input[member];

    public int? Number(string member) => (int?)Input[member];

    /// <summary>A copy of the input without these members, which are no part of the resource.</summary>
    public JsonObject Without(params ReadOnlySpan<string> members)
    {
        var copy = Input.DeepClone().AsObject();
        foreach (var member in members)
        {
            copy.Remove(member);
        }

        return copy;
    }
}
