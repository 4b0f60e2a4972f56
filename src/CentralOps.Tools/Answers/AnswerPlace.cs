using System.Text.Json;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Answers;

/// <summary>Which account and region an answer speaks of. As the caller wrote the account until the directory has told its id.</summary>
/// <param name="home">The region that CentralOps itself runs in.</param>
internal sealed class AnswerPlace(RegionName home)
{
    public RegionName Home => home;

    /// <summary>Null for tools that ask no account.</summary>
    public string? Account { get; set; }

    /// <summary>Null where all of an account's regions are asked as one.</summary>
    public RegionName? Region { get; set; }

    /// <summary>The account once it is open.</summary>
    public OpenAccount? Door { get; set; }

    /// <summary>The region as answers tell it; AWS's own name of a partition's common region (<c>aws-global</c>) where none is meant.</summary>
    public string RegionText => Region?.Text ?? $"{home.PartitionId}-global";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("account_id"u8, Account);
        json.WriteString("region"u8, RegionText);
        WriteStanding(json);
    }

    /// <summary>Where AWS confines the session to less than the tool's actions, or CloudTrail does not show who asked, the answer says so.</summary>
    public void WriteStanding(Utf8JsonWriter json)
    {
        if (Door is { Confinement: not Confinement.SessionPolicy and var confinement })
        {
            json.WriteString("confinement"u8, confinement == Confinement.Profile ? "profile"u8 : "permission_set"u8);
        }

        if (Door is not { Withheld: not IdentityParts.None and var withheld })
        {
            return;
        }

        json.WriteStartArray("not_in_cloudtrail"u8);
        if (withheld.HasFlag(IdentityParts.SourceIdentity))
        {
            json.WriteStringValue("source_identity"u8);
        }

        if (withheld.HasFlag(IdentityParts.SessionTags))
        {
            json.WriteStringValue("session_tags"u8);
        }

        json.WriteEndArray();
    }
}
