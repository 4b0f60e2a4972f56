using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Organization;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Orchestration;

/// <summary>
/// Stateless: nothing is switched here. The way into the account is opened once, to tell now what would fail later, and the caller gets a handle that every tool takes as
/// account_id. The handle grants nothing.
/// </summary>
internal sealed class SwitchAccount : Tool
{
    private static readonly RegionArgument Region = RegionArgument.Filter(
        "The region that tools ask when they are given the handle and no region; the one that CentralOps runs in when left out.", member: null);

    private IReadOnlyList<Argument>? _arguments;

    public override string Name => "switch_account";

    public override string Subject => "fleet";

    // What confines a session has to name something; the account itself is asked nothing.
    public override IReadOnlyList<string> Operations => DirectoryOperations.All;

    private protected override string Description =>
        "Check the way into one AWS account and get a handle for it, which every tool takes as account_id for an hour. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1"}""";

    private protected override IReadOnlyList<Argument> Arguments => _arguments ??= [AccountArgument.Needed, Region];

    private protected override JsonObject Answer() => AnswerSchema.Object(
    [
        .. AnswerSchema.Place(),
        ("account_handle", AnswerSchema.Text("Give it to other tools as account_id. It is for this caller alone; where a tool is given no region, the handle's is asked.")),
        ("account_name", AnswerSchema.Text()),
        ("status", AnswerSchema.Text("As AWS Organizations has it, such as ACTIVE.")),
        ("expires_at", AnswerSchema.Text("ISO 8601, UTC. A new handle is got the same way.")),
    ]);

    private protected override async Task<Refusal?> AnswerAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // A handle for an account that cannot be entered would only put off the refusal.
        setting.Place.Region ??= setting.Services.Home;
        var opened = await setting.OpenAsync(arguments.Of(AccountArgument.Needed)!, cancellationToken);
        if (opened is not { Account: { } account, Door: { } door })
        {
            return opened.Refusal;
        }

        var handle = setting.Services.Handles.Write(account.Id, door.Region, setting.Call.Caller, out var until);
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        setting.Place.Write(json);
        json.WriteString("account_handle"u8, handle);
        json.WriteString("account_name"u8, account.Name);
        json.WriteString("status"u8, account.Status);
        json.WriteString("expires_at"u8, until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        return null;
    }
}
