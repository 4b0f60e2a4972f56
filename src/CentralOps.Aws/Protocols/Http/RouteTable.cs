using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Forms;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>
/// Which operation of a service a request asks for: of the templates that fit, the narrowest; of those that are equally narrow (S3's
/// GetObject and ListParts), the one that demands most in query and headers of what is there.
/// </summary>
internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public RouteTable(ServiceModel service)
    {
        foreach (var name in service.OperationNames)
        {
            var operation = service.Operation(name);
            _routes.Add(new(operation, UriTemplate.Parse(operation.RequestUri), Demanded(operation), _routes.Count));
        }

        _routes.Sort(static (left, right) => Compare(left, right));
    }

    public OperationModel? Match(WireRequest request, string path)
    {
        var query = new List<KeyValuePair<string, string>>();
        FormData.Add(request.Query, query);
        Route? found = null;
        foreach (var route in _routes)
        {
            if (string.Equals(route.Operation.Method, request.Method, StringComparison.OrdinalIgnoreCase)
                && (found is null || found.Template.Specificity == route.Template.Specificity)
                && route.Template.TryMatch(path, null)
                && HasFixed(route.Template, query))
            {
                if (HasDemanded(route, request, query))
                {
                    return route.Operation;
                }

                // Incomplete, but it is what was asked for unless another fits: the one that demands least.
                found = found?.Demanded.Length == route.Demanded.Length ? found : route;
            }
        }

        return found?.Operation;
    }

    // Where nothing tells two apart, the current one, and then the one that the model has first.
    private static int Compare(Route left, Route right) =>
        left.Template.Specificity != right.Template.Specificity ? right.Template.Specificity.CompareTo(left.Template.Specificity)
        : left.Demanded.Length != right.Demanded.Length ? right.Demanded.Length.CompareTo(left.Demanded.Length)
        : left.Operation.Deprecated != right.Operation.Deprecated ? left.Operation.Deprecated.CompareTo(right.Operation.Deprecated)
        : left.Index.CompareTo(right.Index);

    private static Member[] Demanded(OperationModel operation) => Array.FindAll(
        operation.Input?.MemberArray ?? [],
        member => member.Location is MemberLocation.QueryString or MemberLocation.Header
            && Array.IndexOf(operation.Input!.RequiredArray, member.Name) >= 0);

    private static bool HasDemanded(Route route, WireRequest request, List<KeyValuePair<string, string>> query)
    {
        foreach (var member in route.Demanded)
        {
            var name = member.LocationName ?? member.Name;
            var value = member.Location == MemberLocation.Header ? request.Headers.Find(name) : FormData.Find(query, name);
            if (value is null)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasFixed(UriTemplate template, List<KeyValuePair<string, string>> query)
    {
        foreach (var (name, value) in template.Query)
        {
            // Smithy's models of S3 name the operation in the query, and few clients do.
            if (name is "x-id")
            {
                continue;
            }

            if (FormData.Find(query, name) is not { } found || (value is not null && !string.Equals(found, value, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Route(OperationModel Operation, UriTemplate Template, Member[] Demanded, int Index);
}
