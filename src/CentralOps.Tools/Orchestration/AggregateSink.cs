using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Directory;
using CentralOps.Tools.Aggregation;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Fleet;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Orchestration;

/// <summary>Items of places as rows of an aggregation, each with where it is and what is known of its account.</summary>
/// <param name="detail">What of accounts is asked for.</param>
internal sealed class AggregateSink(Aggregate aggregate, AccountDetail detail) : IRowSink
{
    private static readonly JsonDocumentOptions Rows = new() { AllowTrailingCommas = true };

    /// <summary>Whether an account's unit was asked for that its source does not tell.</summary>
    public bool LacksUnits { get; private set; }

    public ValueTask<bool> TakeAsync(FleetPlace place, ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken)
    {
        LacksUnits |= detail.HasFlag(AccountDetail.Units) && place.Account.OrganizationalUnit is null;
        var rows = new ArrayBufferWriter<byte>(items.Length * 2 + 2);
        rows.Write("["u8);
        FlatRows.Append(Head(place), items.Span, rows);
        rows.Write("]"u8);
        using var document = JsonDocument.Parse(rows.WrittenMemory, Rows);
        aggregate.Add(document.RootElement, cancellationToken);
        return ValueTask.FromResult(true);
    }

    private byte[] Head(FleetPlace place)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            json.WriteString("account_id"u8, place.Account.Id.ToString());
            json.WriteString("account_name"u8, place.Account.Name);
            json.WriteString("region"u8, place.RegionText);
            WriteFacts(place.Account, json);
        }

        return output.WrittenSpan.ToArray();
    }

    private void WriteFacts(Account account, Utf8JsonWriter json)
    {
        if (detail.HasFlag(AccountDetail.Units))
        {
            json.WriteString("ou"u8, account.OrganizationalUnit);
        }

        if (!detail.HasFlag(AccountDetail.Tags))
        {
            return;
        }

        json.WriteStartObject("account_tags"u8);
        foreach (var (key, value) in account.Tags)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
