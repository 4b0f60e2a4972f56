using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.RestXml;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Everything of a request that does not stand in its body: path, query and headers, from the input's members.</summary>
internal sealed class RequestParts(OperationModel operation, WireRequest request)
{
    private readonly List<KeyValuePair<string, string>> _query = [];
    private readonly List<KeyValuePair<string, string>> _queryMap = [];
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    /// <summary>Takes the value of a member that stands outside the body.</summary>
    public void Take(ref InputReader input, Member member)
    {
        var name = member.LocationName ?? member.Name;
        switch (member.Location)
        {
            case MemberLocation.Uri:
                _labels[name] = Route53.BareId(operation, input.Text(member, TimestampFormat.Iso8601));
                break;
            case MemberLocation.QueryString when member.Shape.Kind == ShapeKind.Map:
                TakeQueryMap(ref input, member.Shape);
                break;
            case MemberLocation.QueryString:
                TakeQuery(ref input, member, name, _query);
                break;
            case MemberLocation.Headers:
                HeaderMembers.TakeMap(ref input, member, request.Headers);
                break;
            default:
                HeaderMembers.Take(ref input, member, request.Headers);
                break;
        }
    }

    /// <summary>Makes up tokens that were left out, then writes path and query.</summary>
    public void Finish(MemberSet given, Func<string> newToken)
    {
        foreach (var member in operation.Input?.MemberArray ?? [])
        {
            if (!member.IdempotencyToken || given.Has(member))
            {
                continue;
            }

            if (member.Location == MemberLocation.QueryString)
            {
                _query.Add(new(member.LocationName ?? member.Name, newToken()));
            }
            else if (member.Location == MemberLocation.Header)
            {
                request.Headers.Set(member.LocationName ?? member.Name, newToken());
            }
        }

        var template = UriTemplate.Parse(operation.RequestUri);
        request.Path = template.Expand(Label, keepsDots: S3.Is(operation.Service));
        request.Query = QueryText(template);
    }

    private string Label(string name) => _labels.TryGetValue(name, out var value) && value.Length > 0
        ? value
        : throw new InputException($"'{name}' is a part of the path of {operation}: it is required and may not be empty.");

    private void TakeQueryMap(ref InputReader input, Shape map)
    {
        input.EnterMap();
        while (input.NextEntry(out var key))
        {
            if (!input.IsNull)
            {
                TakeQuery(ref input, map.Value!, key, _queryMap);
            }
        }
    }

    private static void TakeQuery(ref InputReader input, Member member, string name, List<KeyValuePair<string, string>> into)
    {
        if (member.Shape.Kind != ShapeKind.List)
        {
            into.Add(new(name, input.Text(member, TimestampFormat.Iso8601)));
            return;
        }

        input.EnterList();
        while (input.NextElement())
        {
            into.Add(new(name, input.Text(member.Shape.Element!, TimestampFormat.Iso8601)));
        }
    }

    private string QueryText(UriTemplate template)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in template.Query)
        {
            // Fixed by the model, and written there as it goes over the wire.
            text.Append(text.Length > 0 ? "&" : "").Append(name).Append(value is null ? "" : "=" + value);
        }

        foreach (var (name, value) in _query)
        {
            Append(text, name, value);
        }

        foreach (var (name, value) in _queryMap)
        {
            // A member of its own goes before an entry of the map.
            if (!_query.Exists(pair => string.Equals(pair.Key, name, StringComparison.Ordinal)))
            {
                Append(text, name, value);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, string value) =>
        text.Append(text.Length > 0 ? "&" : "").Append(PercentEncoding.Encode(name)).Append('=').Append(PercentEncoding.Encode(value));
}
