using System.Collections.Frozen;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// A condition key that the sandbox can answer, were it with "the request does not carry it". Names compare without case, as AWS's do;
/// a tag key behind the slash, too.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
/// </summary>
internal readonly record struct ConditionKey
{
    private readonly Func<AccessRequest, IReadOnlyList<string>?> _values;

    private ConditionKey(Func<AccessRequest, IReadOnlyList<string>?> values, bool isMultivalued) =>
        (_values, IsMultivalued) = (values, isMultivalued);

    /// <summary>Several values at a time: only a set operator can judge them.</summary>
    public bool IsMultivalued { get; }

    /// <summary>Every key whose name is no pattern.</summary>
    public static IEnumerable<string> Names => ConditionKeyTable.Single.Keys.Concat(ConditionKeyTable.Multiple.Keys);

    public static bool TryParse(string text, out ConditionKey key)
    {
        if (ConditionKeyTable.Single.TryGetValue(text, out var single))
        {
            key = new ConditionKey(request => One(single(request)), isMultivalued: false);
            return true;
        }

        if (ConditionKeyTable.Multiple.TryGetValue(text, out var multiple))
        {
            key = new ConditionKey(request => multiple(request) is { Count: > 0 } values ? values : null, isMultivalued: true);
            return true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        Func<AccessRequest, FrozenDictionary<string, string>>? tags = null;
        var known = slash > 0 && slash < text.Length - 1 && ConditionKeyTable.Tags.TryGetValue(text[..slash], out tags);
        var tag = text[(slash + 1)..];
        key = known ? new ConditionKey(request => One(tags!(request).GetValueOrDefault(tag)), isMultivalued: false) : default;
        return known;
    }

    /// <summary>The key's values in this request, one at least; null when the request does not carry it.</summary>
    public IReadOnlyList<string>? ValuesIn(AccessRequest request) => _values(request);

    private static IReadOnlyList<string>? One(string? value) => value is null ? null : [value];
}
