namespace CentralOps.Aws.Models.Smithy;

/// <summary>Parts of <c>namespace#Name$member</c>.</summary>
internal static class ShapeId
{
    public static string NameOf(string id)
    {
        var hash = id.IndexOf('#', StringComparison.Ordinal);
        return hash > 0 && hash + 1 < id.Length ? id[(hash + 1)..] : throw new FormatException($"'{id}' is no shape id: it has the form namespace#Name.");
    }

    /// <summary>The shape and, behind a <c>$</c>, its member.</summary>
    public static (string Shape, string? Member) Split(string id)
    {
        var dollar = id.IndexOf('$', StringComparison.Ordinal);
        return dollar < 0 ? (id, null) : (id[..dollar], id[(dollar + 1)..]);
    }
}
