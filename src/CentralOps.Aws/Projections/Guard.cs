using CentralOps.Aws.Models;

namespace CentralOps.Aws.Projections;

/// <summary>
/// The secret members of one operation's answer. Where an operation is called through its guard they are not in the model any more, so
/// that every protocol's reader passes over them undecoded like over anything that it does not know, and a projection that names one does
/// not compile. Immutable and shared.
/// </summary>
/// <remarks>Refused instead: a filter over the answer after it was read. Until then the secret would lie in buffers of ours.</remarks>
public sealed class Guard
{
    private readonly Node _root = new();

    // One reference, so that whoever reads it sees all of it or nothing: guards are shared by all calls.
    private Made? _made;

    public Guard(params IReadOnlyList<GuardedMember> members)
    {
        Members = members;
        foreach (var member in members)
        {
            var node = _root;
            foreach (var name in member.Path.Split('.'))
            {
                node = node.Child(name);
            }

            node.Kind = member.Kind;
        }
    }

    public IReadOnlyList<GuardedMember> Members { get; }

    /// <summary>The operation as it may be called: its answer lacks what is guarded. Made once.</summary>
    /// <exception cref="ArgumentException">The model has no such member, or it cannot be guarded.</exception>
    public OperationModel For(OperationModel operation)
    {
        if (_made is { } made && ReferenceEquals(made.Source, operation))
        {
            return made.Guarded;
        }

        var output = operation.Output ?? Shape.Empty;
        if (output.Payload is { } payload && output.FindMember(payload) is { } body && (body.Streaming || body.Shape.Kind is ShapeKind.Blob or ShapeKind.String))
        {
            throw new ArgumentException($"{operation} answers with the raw bytes of '{payload}', in which nothing can be guarded.", nameof(operation));
        }

        var guarded = operation.WithOutput(new Walk(operation).Guarded(output, _root, output.Payload));
        _made = new Made(operation, guarded);
        return guarded;
    }

    private sealed record Made(OperationModel Source, OperationModel Guarded);

    /// <summary>A member on the way to guarded ones, or one that is guarded.</summary>
    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public GuardKind? Kind { get; set; }

        public Node Child(string name)
        {
            if (!Children.TryGetValue(name, out var child))
            {
                Children.Add(name, child = new Node());
            }

            return child;
        }
    }

    private sealed class Walk(OperationModel operation)
    {
        public Shape Guarded(Shape shape, Node node, string? payload) => shape.Kind switch
        {
            ShapeKind.List => shape.WithElement(shape.Element!.WithShape(Guarded(shape.Element.Shape, node, payload: null))),
            ShapeKind.Map => shape.WithValue(shape.Value!.WithShape(Guarded(shape.Value.Shape, node, payload: null))),
            ShapeKind.Structure => Structure(shape, node, payload),
            _ => throw new ArgumentException($"A guard of {operation} looks for a member inside {shape}.", nameof(shape)),
        };

        private Shape Structure(Shape shape, Node node, string? payload)
        {
            foreach (var name in node.Children.Keys)
            {
                if (shape.FindMember(name) is null)
                {
                    throw new ArgumentException(
                        $"A guard of {operation} names '{name}', which {shape.Name} does not have.{NearestNames.Sentence(name, shape.MemberArray)}", nameof(node));
                }
            }

            var members = new List<Member>(shape.MemberArray.Length);
            foreach (var member in shape.MemberArray)
            {
                if (!node.Children.TryGetValue(member.Name, out var child))
                {
                    members.Add(member);
                }
                else if (Guarded(member, child, payload) is { } kept)
                {
                    members.Add(kept);
                }
            }

            return shape.WithMembers([.. members]);
        }

        /// <summary>The member without what is guarded in it; null where it is not to be seen at all.</summary>
        private Member? Guarded(Member member, Node node, string? payload)
        {
            if (node.Kind is not { } kind)
            {
                return member.WithShape(Guarded(member.Shape, node, payload: null));
            }

            // Taken out, the body would be read as if its members were the answer's own.
            if (string.Equals(member.Name, payload, StringComparison.Ordinal) || node.Children.Count > 0)
            {
                throw new ArgumentException($"A guard of {operation} takes out '{member.Name}', of which it cannot be said what is left.", nameof(member));
            }

            if (kind == GuardKind.Removed)
            {
                return null;
            }

            return member is { Shape.Kind: ShapeKind.Map, Location: MemberLocation.Body }
                ? member.WithShape(member.Shape.WithoutValues())
                : throw new ArgumentException($"A guard of {operation} keeps the names of '{member.Name}', which is no map in a body but {member.Shape}.", nameof(member));
        }
    }
}

/// <summary>One secret member.</summary>
/// <param name="Path">Member names from the answer's root, such as <c>Functions.Environment.Variables</c>; lists and maps on the way are gone through.</param>
/// <param name="Why">What is secret in it.</param>
public sealed record GuardedMember(string Path, GuardKind Kind, string Why);

public enum GuardKind
{
    /// <summary>The member is not there.</summary>
    Removed,

    /// <summary>A map whose names are there, each with null for its value.</summary>
    NamesKept,
}
