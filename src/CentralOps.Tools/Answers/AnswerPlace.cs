using System.Text.Json;
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

    /// <summary>The region as answers tell it; AWS's own name of a partition's common region (<c>aws-global</c>) where none is meant.</summary>
    public string RegionText => Region?.Text ?? $"{home.PartitionId}-global";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("account_id"u8, Account);
        json.WriteString("region"u8, RegionText);
    }
}
