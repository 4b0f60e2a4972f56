using System.Diagnostics.CodeAnalysis;
using System.Text;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Models;

namespace CentralOps.Accounts.ReadOnly;

/// <summary>
/// The confinement of one tool: its operations, all of them reads, and the policy that leaves a session nothing but their actions.
/// The Deny is not redundant: an implicit deny does not stop a resource policy that names the session, an explicit one does.
/// </summary>
public sealed class SessionPolicy
{
    /// <summary>AWS's limit for a session policy given to AssumeRole.</summary>
    public const int MaxCharacters = 2048;

    private readonly IReadOnlyList<OperationRow> _rows;

    private SessionPolicy(IReadOnlyList<OperationRow> rows, string document)
    {
        _rows = rows;
        Document = document;
    }

    /// <summary>The policy document, equal text for equal sets of actions.</summary>
    public string Document { get; }

    public static bool TryMake(
        string tool,
        IReadOnlyList<string> operations,
        [NotNullWhen(true)] out SessionPolicy? policy,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        policy = null;
        refusal = null;
        var rows = new List<OperationRow>(operations.Count);
        var actions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            if (!OperationTable.TryFind(operation, out var row) || !row.IsCallable)
            {
                refusal = new Refusal.OperationNotPermitted(tool, operation, Why(row));
                return false;
            }

            rows.Add(row);
            actions.UnionWith(row.Actions);
        }

        if (actions.Count == 0)
        {
            refusal = new Refusal.OperationNotPermitted(tool, "anything", "it declares no operation");
            return false;
        }

        var document = Write(actions);
        if (document.Length > MaxCharacters)
        {
            refusal = new Refusal.SessionPolicyTooLong(tool, document.Length, MaxCharacters);
            return false;
        }

        policy = new SessionPolicy(rows, document);
        return true;
    }

    public bool Covers(string operation) => Find(operation) is not null;

    /// <summary>The operation as it may be called under this policy, its secret members guarded; null where it may not be called.</summary>
    internal OperationModel? Guarded(OperationModel operation) => Find(operation.ToString())?.Guarded(operation);

    /// <summary>The IAM actions of an operation, given with or without its service.</summary>
    internal IReadOnlyList<string> ActionsOf(string operation) => Find(operation)?.Actions ?? [];

    private static string Why(OperationRow? row) => row switch
    {
        null => "it is not classified, which counts as a write",
        { Class: OperationClass.MetadataRead or OperationClass.GuardedRead } => "nothing confines it",
        _ => $"its class is {row.Class}",
    };

    private OperationRow? Find(string operation)
    {
        foreach (var row in _rows)
        {
            if (row.Operation.EndsWith(operation, StringComparison.Ordinal)
                && (row.Operation.Length == operation.Length || row.Operation[^(operation.Length + 1)] == ':'))
            {
                return row;
            }
        }

        return null;
    }

    private static string Write(SortedSet<string> actions)
    {
        // Action names hold letters, digits, colons and hyphens only: nothing to escape.
        var list = new StringBuilder("[\"").AppendJoin("\",\"", actions).Append("\"]").ToString();
        return
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":" + list + ",\"Resource\":\"*\"}," +
            "{\"Effect\":\"Deny\",\"NotAction\":" + list + ",\"Resource\":\"*\"}]}";
    }
}
