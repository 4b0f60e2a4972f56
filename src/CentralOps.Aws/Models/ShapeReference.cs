namespace CentralOps.Aws.Models;

/// <summary>What a member points to: a shape by name, or one written in place, as npm <c>aws-sdk</c>'s minified models have it.</summary>
internal sealed class ShapeReference(ModelSource source, string? name, Slice inline, string path)
{
    private Shape? _inline;

    /// <summary>False when the shape's text does not hold the word, which is known without reading it.</summary>
    public bool MayBeFlattened { get; } = name is null || source.MentionsFlattened(name);

    public Shape Resolve()
    {
        if (name is not null)
        {
            return source.Shape(name);
        }

        // Two threads may read it at once; all keep the first one, so that shapes and members compare by reference.
        return _inline ?? Interlocked.CompareExchange(ref _inline, source.ReadShape(path, inline), null) ?? _inline;
    }
}
