using System.Text;
using System.Text.Json;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>The filters of a describe call: all of them must match, each by any of its values.</summary>
internal sealed class FilterSet<T>
{
    private const int MaxValues = 200;

    private readonly List<(FilterValues<T> Values, Ec2Pattern[] Patterns)> _filters = [];

    /// <summary>What the filters ask, for pagination tokens.</summary>
    public string Question { get; private set; } = "";

    /// <param name="call">Its <c>Filters</c> member is read.</param>
    /// <param name="find">A filter's values of one item by the filter's name; null for a name that AWS does not know.</param>
    public static (FilterSet<T>? Filters, ServiceError? Error) Read(OperationCall call, Func<string, FilterValues<T>?> find)
    {
        var set = new FilterSet<T>();
        var question = new StringBuilder();
        foreach (var filter in call.Items("Filters"))
        {
            var name = filter.TryGetProperty("Name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "null";
            if (find(name) is not { } values)
            {
                return (null, new ServiceError("InvalidParameterValue", $"The filter '{name}' is invalid"));
            }

            var wanted = OperationCall.Texts(filter, "Values");
            if (wanted.Count == 0)
            {
                return (null, new ServiceError("InvalidParameterValue", $"The filter '{name}' must have at least one value"));
            }

            if (wanted.Count > MaxValues)
            {
                return (null, new ServiceError("FilterLimitExceeded", $"The maximum number of filter values specified on a single call is {MaxValues}"));
            }

            set._filters.Add((values, [.. wanted.Select(value => new Ec2Pattern(value))]));
            question.Append(name).Append('\0').AppendJoin('\u0001', wanted).Append('\n');
        }

        set.Question = question.ToString();
        return (set, null);
    }

    public bool Match(T item)
    {
        foreach (var (values, patterns) in _filters)
        {
            if (!values(item).Any(value => value is not null && Array.Exists(patterns, pattern => pattern.Matches(value))))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>What a filter looks at in one item; nulls are members that the item lacks.</summary>
internal delegate IEnumerable<string?> FilterValues<in T>(T item);
