using System.Buffers;
using System.Globalization;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Transcoding;

namespace CentralOps.Aws.Protocols.Forms;

/// <summary>Writes our JSON as a form: one pair for each scalar, its path as the name.</summary>
internal sealed class FormWriter(FormDialect dialect, Func<string> newToken)
{
    private readonly ArrayBufferWriter<byte> _body = new(512);

    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    public void WritePair(string name, string value)
    {
        if (_body.WrittenCount > 0)
        {
            _body.Write("&"u8);
        }

        PercentEncoding.Write(name, _body);
        _body.Write("="u8);
        PercentEncoding.Write(value, _body);
    }

    /// <summary>The members of the structure that the input stands on.</summary>
    /// <param name="prefix">The path to the structure with its last dot; empty at the root.</param>
    public void WriteStructure(ref InputReader input, Shape shape, string prefix)
    {
        var given = default(MemberSet);
        input.EnterStructure();
        while (input.NextMember(shape, ref given) is { } member)
        {
            WriteValue(ref input, member, prefix + dialect.NameOf(member));
        }

        foreach (var member in shape.MemberArray)
        {
            if (member.IdempotencyToken && !given.Has(member))
            {
                WritePair(prefix + dialect.NameOf(member), newToken());
            }
        }
    }

    private void WriteValue(ref InputReader input, Member member, string name)
    {
        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                WriteStructure(ref input, member.Shape, name + ".");
                break;
            case ShapeKind.List:
                WriteList(ref input, member, name);
                break;
            case ShapeKind.Map:
                WriteMap(ref input, member, name);
                break;
            default:
                WritePair(name, input.Text(member, TimestampFormat.Iso8601));
                break;
        }
    }

    private void WriteList(ref InputReader input, Member list, string name)
    {
        var number = 0;
        var infix = dialect.ListInfix(list);
        input.EnterList();
        while (input.NextElement())
        {
            number++;
            RefuseNull(ref input);
            WriteValue(ref input, list.Shape.Element!, string.Create(CultureInfo.InvariantCulture, $"{name}{infix}.{number}"));
        }

        if (number == 0 && dialect.SendsEmptyLists)
        {
            WritePair(name, "");
        }
    }

    private void WriteMap(ref InputReader input, Member map, string name)
    {
        var number = 0;
        var infix = map.IsFlattened ? "" : ".entry";
        input.EnterMap();
        while (input.NextEntry(out var key))
        {
            number++;
            RefuseNull(ref input);
            var entry = string.Create(CultureInfo.InvariantCulture, $"{name}{infix}.{number}.");
            WritePair(entry + (map.Shape.Key!.LocationName ?? "key"), key);
            WriteValue(ref input, map.Shape.Value!, entry + (map.Shape.Value!.LocationName ?? "value"));
        }
    }

    private static void RefuseNull(ref InputReader input)
    {
        if (input.IsNull)
        {
            throw input.Wrong("a value: a form has no null");
        }
    }
}
