using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Forms;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Which operation of a service a method, path and query ask for: the narrowest template that fits.</summary>
internal sealed class RouteTable
{
    private readonly List<(OperationModel Operation, UriTemplate Template)> _routes = [];

    public RouteTable(ServiceModel service)
    {
        foreach (var name in service.OperationNames)
        {
            var operation = service.Operation(name);
            _routes.Add((operation, UriTemplate.Parse(operation.RequestUri)));
        }

        _routes.Sort(static (left, right) => right.Template.Specificity.CompareTo(left.Template.Specificity));
    }

    public OperationModel? Match(WireRequest request)
    {
        var query = new List<KeyValuePair<string, string>>();
        FormData.Add(request.Query, query);
        foreach (var (operation, template) in _routes)
        {
            if (string.Equals(operation.Method, request.Method, StringComparison.OrdinalIgnoreCase)
                && template.TryMatch(request.Path, null)
                && HasFixed(template, query))
            {
                return operation;
            }
        }

        return null;
    }

    private static bool HasFixed(UriTemplate template, List<KeyValuePair<string, string>> query)
    {
        foreach (var (name, value) in template.Query)
        {
            if (FormData.Find(query, name) is not { } found || (value is not null && !string.Equals(found, value, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }
}
