namespace CentralOps.Aws.Models;

/// <summary>Where in a model's bytes its parts stand.</summary>
internal interface IModelIndex
{
    Slice Metadata { get; }

    IReadOnlyCollection<string> OperationNames { get; }

    bool TryFindOperation(string name, out Slice text);

    bool TryFindShape(string name, out Slice text);

    /// <summary>The shape's text holds the word.</summary>
    bool MentionsFlattened(string shape);
}
