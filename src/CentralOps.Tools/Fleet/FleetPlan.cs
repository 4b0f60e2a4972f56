using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Fleet;

/// <summary>The accounts that a question means, ordered by id.</summary>
/// <param name="ReadAt">When the list of accounts was read; null where the one account was looked up by itself.</param>
internal sealed record FleetPlan(FleetQuestion Question, IReadOnlyList<Account> Accounts, DateTimeOffset? ReadAt)
{
    public static async Task<FleetPlanned> MakeAsync(FleetQuestion question, ToolServices services, CancellationToken cancellationToken)
    {
        if (question.Arguments.Of(AccountsArgument.Only) is { } selector)
        {
            var selected = await services.WayIn.SelectAsync(selector, question.Use, cancellationToken, question.Detail);
            return selected.Refusal is { } refusal ? new FleetPlanned(null, refusal) : new FleetPlanned(new FleetPlan(question, selected.Accounts, selected.ReadAt), null);
        }

        var found = await services.WayIn.FindAsync(question.Arguments.Of(AccountArgument.Only)!, question.Use, cancellationToken);
        return found.Account is { } account ? new FleetPlanned(new FleetPlan(question, [account], null), null) : new FleetPlanned(null, found.Refusal);
    }
}

/// <summary>A plan, or why there is none.</summary>
internal readonly record struct FleetPlanned(FleetPlan? Plan, Refusal? Refusal);
