using CentralOps.Accounts;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Answers;

/// <summary>Which account and region an answer speaks of. As the caller wrote the account until the directory has told its id.</summary>
internal sealed class AnswerPlace
{
    /// <summary>Null for tools that ask no account.</summary>
    public string? Account { get; set; }

    public RegionName? Region { get; set; }
}
