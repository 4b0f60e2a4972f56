using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CentralOps.Aws.Actions;

/// <summary>
/// From an operation to its IAM actions, after a table that <c>tools/CentralOps.Models</c> makes. An operation without a row is judged by no
/// action that we know of, and nothing may be granted for it. A lookup reads the lines of one service and keeps nothing.
/// </summary>
public static class IamActions
{
    private const string Resource = "Actions/actions.txt";
    private static byte[]? _table;

    /// <summary>Names of the services in the table, as the AWS CLI has them.</summary>
    public static IReadOnlyList<string> Services => ActionTable.Services(Table);

    /// <param name="operation">As <c>service:Operation</c>, the service as the AWS CLI names it, such as <c>cloudwatch:DescribeAlarms</c>.</param>
    public static bool TryFind(string operation, [NotNullWhen(true)] out OperationActions? actions)
    {
        actions = null;
        var colon = operation.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !Ascii.IsValid(operation) || !ActionTable.TryFindService(Table, operation.AsSpan(0, colon), out var rows))
        {
            return false;
        }

        actions = rows.Find(operation, operation.AsSpan(colon + 1));
        return actions is not null;
    }

    /// <summary>Every row of a service; none for one that the table does not know.</summary>
    public static IReadOnlyList<OperationActions> OfService(string service) =>
        Ascii.IsValid(service) && ActionTable.TryFindService(Table, service, out var rows) ? rows.All(service) : [];

    private static byte[] Table => _table ?? Load();

    private static byte[] Load()
    {
        using var resource = typeof(IamActions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly was built without {Resource}.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return _table = bytes;
    }
}
