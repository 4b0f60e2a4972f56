using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Resources;

/// <summary>A kind of AWS resource as tools answer it: which operation tells it, where in the answer it stands, and which of its fields are told.</summary>
/// <param name="noun">In the singular: <c>instance</c> gives <c>instance_count</c> and <c>instances</c>.</param>
/// <param name="operation">As <c>service:Operation</c>.</param>
/// <param name="paths">Member names from the answer's root; several where the operation answers several lists of such resources.</param>
internal sealed class Resource(string noun, string operation, params IReadOnlyList<string> paths)
{
    private readonly Field[] _fields = [];
    private Projection? _projection;

    public string Noun => noun;

    public string Operation => operation;

    public OperationModel Model => Models.Find(operation);

    public IReadOnlyList<string[]> Paths { get; } = [.. paths.Select(static path => path.Length == 0 ? [] : path.Split('.'))];

    /// <summary>In the order in which they are answered; every resource has all of them.</summary>
    public IReadOnlyList<Field> Fields
    {
        get => _fields;
        init => _fields = [.. value];
    }

    /// <summary>What has to be said of a field, by its name.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The fewest and the most that AWS takes as the size of a page.</summary>
    public (int Min, int Max) PageSize { get; init; } = (1, 100);

    /// <summary>The size of a page that holds the items which are wanted of it, within what AWS takes.</summary>
    public int SizeOf(int skip, int take) => (int)Math.Clamp((long)skip + take, PageSize.Min, PageSize.Max);

    /// <summary>Applied while AWS's answer is read.</summary>
    public Projection Projection => _projection ??= Projection.Items(paths[0], _fields);

    public JsonObject Schema()
    {
        var model = Model;
        var items = Paths.Select(path => ShapeSchema.ItemOf(model, path)).ToList();
        return AnswerSchema.Object([.. _fields.Select(field => (field.Name, ShapeSchema.Of(field, items, Words.GetValueOrDefault(field.Name))))]);
    }
}
