using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CentralOps.Sandbox.Lambda.Urls;

namespace CentralOps.Sandbox.Lambda;

/// <summary>The deployed functions by ARN.</summary>
internal sealed class FunctionRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _retired = [];

    public IReadOnlyList<FunctionProcess> Processes => [.. _functions.Values.SelectMany(function => function.Workers.Processes)];

    /// <summary>Deploys a function; one of the same ARN is replaced, and its workers end.</summary>
    public void Deploy(Function function)
    {
        Function? replaced = null;
        _functions.AddOrUpdate(function.Definition.Arn, function, (_, old) =>
        {
            replaced = old;
            return function;
        });
        if (replaced is not null)
        {
            _retired.Add(replaced.DisposeAsync().AsTask());
        }
    }

    public IEnumerable<Function> In(string accountId, string region) => _functions.Values.Where(function =>
        string.Equals(function.Definition.AccountId, accountId, StringComparison.Ordinal) && string.Equals(function.Definition.Region, region, StringComparison.Ordinal));

    public bool TryFind(string arn, [NotNullWhen(true)] out Function? function) => _functions.TryGetValue(arn, out function);

    /// <summary>By the id of its function URL; false for a function without one.</summary>
    public bool TryFindUrl(string urlId, [NotNullWhen(true)] out Function? function)
    {
        function = _functions.Values.FirstOrDefault(one => one.Definition.HasUrl && string.Equals(FunctionUrl.IdOf(one.Definition.Arn), urlId, StringComparison.Ordinal));
        return function is not null;
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll([.. _retired, .. _functions.Values.Select(function => function.DisposeAsync().AsTask())]);
}
