using CentralOps.Aws.Models;

namespace CentralOps.Aws.Projections;

/// <summary>A projection compiled against one operation's output: members instead of names, fields as a tree.</summary>
internal sealed class Selection
{
    private Selection(Shape root, Member[] path, Node tree)
    {
        Root = root;
        Path = path;
        Tree = tree;
    }

    /// <summary>The output that this was compiled against.</summary>
    public Shape Root { get; }

    public Member[] Path { get; }

    public Node Tree { get; }

    /// <exception cref="ArgumentException">A name is not in the model, or the path does not lead to a list.</exception>
    public static Selection Compile(Projection projection, OperationModel operation)
    {
        var root = operation.Output ?? Shape.Empty;
        var path = new Member[projection.PathNames.Length];
        var shape = root;
        for (var i = 0; i < path.Length; i++)
        {
            path[i] = Find(shape, projection.PathNames[i], operation);
            shape = path[i].Shape.Kind == ShapeKind.List ? path[i].Shape.Element!.Shape : path[i].Shape;
        }

        if (path[^1].Shape.Kind != ShapeKind.List)
        {
            throw new ArgumentException($"The projection of {operation} has to lead to a list; '{path[^1].Name}' is a {path[^1].Shape.Kind}.", nameof(projection));
        }

        var tree = new Node();
        for (var i = 0; i < projection.FieldArray.Length; i++)
        {
            Add(tree, shape, projection.FieldArray[i], i, operation);
        }

        return new(root, path, tree);
    }

    private static void Add(Node node, Shape shape, Field field, int index, OperationModel operation)
    {
        foreach (var name in field.PathNames)
        {
            var member = Find(shape, name, operation);
            node = node.Fields.Count == 0
                ? node.ChildOf(member)
                : throw new ArgumentException($"The projection of {operation} has a field inside another one: '{field.Name}'.", nameof(field));
            shape = member.Shape;
        }

        if (node.HasChildren || (node.Fields.Count > 0 && node.Kind != field.Kind))
        {
            throw new ArgumentException($"The projection of {operation} reads the member of field '{field.Name}' in two ways.", nameof(field));
        }

        if (field.Kind == FieldKind.TagMap)
        {
            node.Tags = TagShape.Of(shape)
                ?? throw new ArgumentException($"The field '{field.Name}' of {operation} is not a list of keys and values.", nameof(field));
        }

        if (field.Kind == FieldKind.MapNames && shape.Kind != ShapeKind.Map)
        {
            throw new ArgumentException($"The field '{field.Name}' of {operation} is not a map, whose names could be listed.", nameof(field));
        }

        node.Kind = field.Kind;
        node.Fields.Add(index);
    }

    private static Member Find(Shape shape, string name, OperationModel operation) =>
        shape.FindMember(name) ?? throw new ArgumentException(
            $"The projection of {operation} names '{name}', which {shape.Name} does not have.{NearestNames.Sentence(name, shape.MemberArray)}", nameof(name));

    /// <summary>A member on the way to fields, or one that is a field.</summary>
    internal sealed class Node
    {
        private readonly List<(Member Member, Node Node)> _children = [];

        /// <summary>Which fields of the projection this member is.</summary>
        public List<int> Fields { get; } = [];

        public FieldKind Kind { get; set; }

        public TagShape? Tags { get; set; }

        public bool HasChildren => _children.Count > 0;

        public Node? Child(Member member)
        {
            foreach (var (known, node) in _children)
            {
                if (ReferenceEquals(known, member))
                {
                    return node;
                }
            }

            return null;
        }

        public Node ChildOf(Member member)
        {
            if (Child(member) is { } known)
            {
                return known;
            }

            var node = new Node();
            _children.Add((member, node));
            return node;
        }
    }
}

/// <summary>Where key and value stand in a list of tags; a map is its own (no members).</summary>
internal sealed record TagShape(Member? Key, Member? Value)
{
    public static TagShape? Of(Shape shape)
    {
        if (shape.Kind == ShapeKind.Map)
        {
            return new(null, null);
        }

        if (shape is not { Kind: ShapeKind.List, Element.Shape: { Kind: ShapeKind.Structure } tag })
        {
            return null;
        }

        // ECS and a few others write the two in lower case.
        var key = tag.FindMember("Key") ?? tag.FindMember("key") ?? tag.FindMember("TagKey");
        var value = tag.FindMember("Value") ?? tag.FindMember("value") ?? tag.FindMember("TagValue");
        return key is null || value is null ? null : new(key, value);
    }
}
