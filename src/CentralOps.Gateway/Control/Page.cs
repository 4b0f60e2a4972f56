using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Control.Validation;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control;

/// <summary>One page of a listing, in the order of creation.</summary>
internal static class Page
{
    private const int Usual = 100;

    /// <param name="items">The answer's member.</param>
    /// <param name="most">The model's bound on <c>maxResults</c>.</param>
    /// <param name="show">A document as the listing shows it.</param>
    public static async ValueTask<ControlResult> ListAsync(
        ControlContext context, ControlCall call, string kind, string parent, string items, int most, Func<Resource, JsonObject> show, CancellationToken cancellationToken)
    {
        var scope = $"{kind}/{parent}";
        StoredPosition? after = null;
        if (call.Find("nextToken") is { } token && (after = Position(token, scope)) is null)
        {
            return ControlError.Invalid([FieldProblem.Constraint("nextToken", "Member must be a token that this operation returned for the same list")]);
        }

        // One more than is shown tells whether a page follows. A page of the store may be shorter than asked for: only an empty one is the last.
        var limit = call.Number("maxResults") ?? Math.Min(Usual, most);
        var shown = new JsonArray();
        StoredPosition last = default;
        while (shown.Count < limit && await context.Store.ListAsync(kind, parent, after, limit - shown.Count, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var document in page)
            {
                shown.Add((JsonNode)show(Resource.Of(document)));
            }

            after = last = page[^1].Position;
        }

        var answer = new JsonObject { [items] = shown };
        if (shown.Count == limit && await context.Store.ListAsync(kind, parent, last, 1, cancellationToken) is { Count: > 0 })
        {
            answer["nextToken"] = Token(last, scope);
        }

        return answer;
    }

    private static string Token(StoredPosition position, string scope) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"1\n{position.Created.ToString(CultureInfo.InvariantCulture)}\n{position.Id}\n{scope}"));

    private static StoredPosition? Position(string token, string scope)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.UTF8.GetString(bytes.AsSpan(0, length)).Split('\n') is ["1", var created, { Length: > 0 } id, var of]
            && string.Equals(of, scope, StringComparison.Ordinal)
            && long.TryParse(created, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
                ? new StoredPosition(at, id)
                : null;
    }
}
