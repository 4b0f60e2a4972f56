using System.Collections.Frozen;
using CentralOps.Access.Callers;

namespace CentralOps.Gateway.Callers;

/// <summary>Which of a gateway's named tool sets a caller has. Pure: the same caller always has the same.</summary>
internal sealed class ToolSetRules
{
    private const string Everybody = "*";
    private const string GroupMark = "group:";
    private const string ArnMark = "arn:";

    private readonly IReadOnlyList<(ToolSet Set, FrozenSet<string> Callers)> _sets;

    public ToolSetRules(IReadOnlyList<ToolSet> sets) => _sets = [.. sets.Select(static set => (set, set.Callers.ToFrozenSet(StringComparer.Ordinal)))];

    /// <summary>There are no sets: everybody sees everything.</summary>
    public bool AreNone => _sets.Count == 0;

    /// <summary>The sets that name the caller, in the order of the configuration.</summary>
    public IEnumerable<ToolSet> SetsOf(Caller caller) => _sets.Where(entry => Names(entry.Callers, caller)).Select(static entry => entry.Set);

    /// <summary>The names and patterns of tools that the caller sees; all where there are no sets, none where no set names him.</summary>
    public IEnumerable<string> PatternsOf(Caller caller) => AreNone ? [Everybody] : SetsOf(caller).SelectMany(static set => set.Tools);

    private static bool Names(FrozenSet<string> callers, Caller caller) =>
        callers.Contains(Everybody)
        || (IsNameable(caller) && callers.Contains(caller.Principal))
        || caller.Groups.Any(group => callers.Contains(GroupMark + group));

    /// <summary>
    /// An ARN in a set means whoever AWS says has it, and <c>group:</c> a group: a provider that lets people choose their subject must not make
    /// anybody the holder of an ARN, the member of a group, or everybody.
    /// </summary>
    private static bool IsNameable(Caller caller) =>
        caller.Kind == CallerKind.Iam
        || !(caller.Principal.StartsWith(ArnMark, StringComparison.Ordinal)
            || caller.Principal.StartsWith(GroupMark, StringComparison.Ordinal)
            || string.Equals(caller.Principal, Everybody, StringComparison.Ordinal));
}
