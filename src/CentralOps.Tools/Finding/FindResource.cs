using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Accounts;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Organization;

namespace CentralOps.Tools.Finding;

/// <summary>Which account, region and resource something is, from what people have in their hands: an address, an ARN, an id, a host name, a name.</summary>
internal sealed class FindResource : Tool
{
    private static readonly TextArgument What = new(
        "what", "An IP address, an ARN, an id such as i-0123456789abcdef0, a 12-digit account id, a host name, or the name of a bucket, function, database, cluster or instance.")
    {
        IsRequired = true,
        MaxLength = WantedText.MaxLength,
        Check = static text => WantedText.TryRead(text, out _, out var wrong) ? null : wrong,
    };

    // Made when first asked for: functions of other subjects make this tool too.
    private IReadOnlyList<string>? _operations;
    private IReadOnlyList<Argument>? _arguments;

    public override string Name => "find_resource";

    public override string Subject => "fleet";

    /// <summary>Of one call only those that its kind of thing takes.</summary>
    public override IReadOnlyList<string> Operations => _operations ??= [.. DirectoryOperations.All, .. Lookups.Operations];

    private protected override bool AsksAnAccount => false;

    private protected override string Description =>
        "Find which AWS account, region and resource an IP address, ARN, id, host name or resource name is, over all accounts. Read-only.";

    private protected override string Example => """{"what": "10.51.1.208", "accounts": ["Production", "Staging"], "region": "all"}""";

    private protected override IReadOnlyList<Argument> Arguments => _arguments ??= [What, AccountsArgument.Only, RegionsArgument.Everywhere];

    private protected override JsonObject Answer() => FindAnswer.Schema();

    private protected override async Task<Refusal?> AnswerAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // 1. What is it, and how is it looked for?
        var text = arguments.Of(What)!;
        WantedText.TryRead(text, out var wanted, out _);
        var plan = FindPlan.Of(wanted!);
        var finder = new Finder(setting, arguments.Of(AccountsArgument.Only)?.ToString() ?? "all", arguments.Of(RegionsArgument.Everywhere)!.ToString());
        var answer = new FindAnswer(text.Trim(), plan, finder);

        // 2. What the organization knows by itself.
        if (await AskDirectoryAsync(wanted!, plan, finder, answer, setting, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // 3. The accounts.
        var (looked, unread) = plan.Ways.Count == 0 ? ([], null) : await finder.LookAsync(plan, cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        answer.Write(looked, setting.Services.Time.GetUtcNow(), output);
        return null;
    }

    private static async Task<Refusal?> AskDirectoryAsync(Wanted wanted, FindPlan plan, Finder finder, FindAnswer answer, ToolSetting setting, CancellationToken cancellationToken)
    {
        switch (wanted)
        {
            case Wanted.OfAccount { Account: var id }:
                answer.Used.Add("directory");
                var known = await setting.Services.WayIn.FindAsync(id.ToString(), setting.Use, cancellationToken);
                if (known.Account is { } account)
                {
                    finder.Add(Of(account, setting));
                }

                return known.Refusal is Refusal.UnknownAccount ? null : known.Refusal;
            case Wanted.Named { Name: var name }:
                answer.Used.Add("directory");
                var listing = await setting.Services.WayIn.ListAsync(AccountDetail.None, setting.Use, cancellationToken);
                foreach (var named in listing.Accounts.Where(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase)))
                {
                    finder.Add(Of(named, setting));
                }

                return listing.Refusal;
            case Wanted.Arn { Of: var arn }:
                answer.Used.Add("arn");
                return await AskOwnerAsync(arn, plan, finder, setting, cancellationToken);
            default:
                return null;
        }
    }

    /// <summary>An ARN of an account that the caller may not see tells nothing; where there is no way to ask the resource itself, the ARN is all there is.</summary>
    private static async Task<Refusal?> AskOwnerAsync(ResourceArn arn, FindPlan plan, Finder finder, ToolSetting setting, CancellationToken cancellationToken)
    {
        if (arn.Account is not { } owner)
        {
            return null;
        }

        var known = await setting.Services.WayIn.FindAsync(owner.ToString(), setting.Use, cancellationToken);
        if (known.Account is { } account && plan.Ways.Count == 0)
        {
            var type = arn.Type.Length > 0 ? $"{arn.Service}:{arn.Type}" : arn.Service;
            finder.Add(new Found(account.Id.ToString(), account.Name, arn.Region?.Text ?? $"{arn.Partition}-global", type, arn.Name, arn.Text, "{}"u8.ToArray(), IsSeen: false));
        }

        return known.Refusal;
    }

    private static Found Of(Account account, ToolSetting setting) => new(
        account.Id.ToString(), account.Name, $"{setting.Services.Home.PartitionId}-global", "organizations:account", account.Id.ToString(), null,
        Encoding.UTF8.GetBytes($$"""{"Status":"{{PlainText.Line(account.Status, 40)}}"}"""), IsSeen: true);
}
