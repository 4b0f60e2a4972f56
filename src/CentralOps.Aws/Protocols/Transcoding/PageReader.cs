using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Json;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>Reads one answer into a transcription: in full, or its projected items; its pagination tokens in both cases.</summary>
internal static class PageReader
{
    /// <summary>Reads from the output's root structure, on which the reader stands.</summary>
    public static void Read<TReader>(ref TReader reader, OperationModel operation, Transcription into)
        where TReader : IWireReader, allows ref struct
    {
        var tokens = PageTokens.For(operation);
        var shape = operation.Output ?? Shape.Empty;
        if (into.Projection is null)
        {
            using var writer = JsonOutput.Writer(into.Output);
            Transcriber.WriteStructure(ref reader, shape, writer, tokens?.Root);
            writer.Flush();
        }
        else
        {
            ReadItems(ref reader, operation, into, tokens?.Root, shape, 0, isBound: false);
        }

        tokens?.GiveTo(into);
    }

    /// <param name="depth">How many members of the projection's path lead to the structure: 1 where an HTTP payload is the first.</param>
    /// <param name="isBound">Members of the output may have their places outside the body.</param>
    public static void ReadItems<TReader>(
        ref TReader reader, OperationModel operation, Transcription into, TokenNode? tokens, Shape shape, int depth, bool isBound)
        where TReader : IWireReader, allows ref struct
    {
        var selection = into.Projection!.For(operation);
        using var items = new ItemWriter(into, selection);
        Walk(ref reader, new(selection.Path, items, isBound), shape, depth, tokens);
    }

    /// <summary>An answer without a body: an empty object, or no items.</summary>
    public static void ReadNothing(Transcription into)
    {
        if (into.Projection is null)
        {
            var empty = "{}"u8;
            empty.CopyTo(into.Output.GetSpan(empty.Length));
            into.Output.Advance(empty.Length);
        }
    }

    private static void Walk<TReader>(ref TReader reader, Way way, Shape shape, int depth, TokenNode? tokens)
        where TReader : IWireReader, allows ref struct
    {
        var scope = reader.Enter(shape);
        while (reader.NextMember(scope, shape) is { } member)
        {
            var node = tokens?.Child(member);
            var onPath = depth < way.Path.Length && ReferenceEquals(way.Path[depth], member);
            if ((node is null && !onPath) || (way.IsBound && depth == 0 && member.Location != MemberLocation.Body))
            {
                reader.Skip();
                continue;
            }

            if (reader.TakeNull(member))
            {
                continue;
            }

            switch (member.Shape.Kind)
            {
                case ShapeKind.Structure:
                    Walk(ref reader, way, member.Shape, onPath ? depth + 1 : way.Path.Length, node);
                    break;
                case ShapeKind.List:
                    Elements(ref reader, way, member, depth);
                    break;
                default:
                    node!.Take(reader.ReadText(member));
                    break;
            }
        }
    }

    private static void Elements<TReader>(ref TReader reader, Way way, Member list, int depth)
        where TReader : IWireReader, allows ref struct
    {
        if (reader.Splits(list))
        {
            Element(ref reader, way, list.Shape.Element!, depth + 1);
            return;
        }

        var scope = reader.Enter(list.Shape);
        while (reader.NextElement(scope))
        {
            Element(ref reader, way, list.Shape.Element!, depth + 1);
        }
    }

    private static void Element<TReader>(ref TReader reader, Way way, Member element, int depth)
        where TReader : IWireReader, allows ref struct
    {
        if (depth == way.Path.Length)
        {
            way.Items.Write(ref reader, element);
        }
        else if (!reader.TakeNull(element))
        {
            Walk(ref reader, way, element.Shape, depth, tokens: null);
        }
    }

    private sealed record Way(Member[] Path, ItemWriter Items, bool IsBound);
}
