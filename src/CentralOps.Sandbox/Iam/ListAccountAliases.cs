using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Iam;

/// <summary>An account has one alias at most: its name in lower case, where somebody has given it one.</summary>
internal sealed class ListAccountAliases(Estate estate) : Operation
{
    public override string Name => "ListAccountAliases";

    public override string Action => "iam:ListAccountAliases";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (call.Number("MaxItems") is { } size and (< 1 or > 1000))
        {
            return new(IamErrors.Invalid($"1 validation error detected: Value '{size}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000"));
        }

        estate.TryFindAccount(call.Caller.AccountId, out var account);
        var alias = new string([.. (account?.Name ?? "").ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        return new(new JsonObject { ["AccountAliases"] = alias.Length >= 3 ? new JsonArray("example-" + alias) : [], ["IsTruncated"] = false });
    }
}
