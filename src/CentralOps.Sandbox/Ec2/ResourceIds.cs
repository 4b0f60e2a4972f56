using System.Text.Json.Nodes;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>How resources of one kind are asked for by id, and which errors there are about it.</summary>
/// <param name="Request">The request's list of ids, such as <c>VpcIds</c>.</param>
/// <param name="Member">The id's member in the structure, such as <c>VpcId</c>.</param>
/// <param name="Prefix">Such as <c>vpc-</c>; null for names, which have no form of their own.</param>
/// <param name="NotFound">The error code for an absent one.</param>
/// <param name="Malformed">The error code for one that cannot be an id.</param>
/// <param name="Noun">As the error's words call it, such as <c>vpc ID</c>.</param>
internal sealed record ResourceIds(string Request, string Member, string? Prefix, string NotFound, string Malformed, string Noun)
{
    public ServiceError? Check(IReadOnlyList<string> asked, IReadOnlyCollection<JsonObject> there)
    {
        if (asked.FirstOrDefault(id => !IsWellFormed(id)) is { } malformed)
        {
            return new ServiceError(Malformed, $"Invalid id: \"{malformed}\"{(malformed.StartsWith(Prefix!, StringComparison.Ordinal) ? "" : $" (expecting \"{Prefix}...\")")}");
        }

        var known = there.Select(item => (string)item[Member]!).ToHashSet(StringComparer.Ordinal);
        var absent = asked.Where(id => !known.Contains(id)).Distinct(StringComparer.Ordinal).ToArray();
        return absent.Length switch
        {
            0 => null,
            1 => new ServiceError(NotFound, $"The {Noun} '{absent[0]}' does not exist"),
            _ => new ServiceError(NotFound, $"The {Noun}s '{string.Join(", ", absent)}' do not exist"),
        };
    }

    /// <summary>The prefix, and 8 or 17 hexadecimal digits.</summary>
    private bool IsWellFormed(string id) =>
        Prefix is null
        || (id.StartsWith(Prefix, StringComparison.Ordinal)
            && id.Length - Prefix.Length is 8 or 17
            && id[Prefix.Length..].All(char.IsAsciiHexDigitLower));
}
