using System.Net;
using CentralOps.Accounts;

namespace CentralOps.Tools.Finding;

/// <summary>What is looked for, as the text itself tells. A closed set.</summary>
internal abstract record Wanted
{
    private Wanted()
    {
    }

    /// <summary>An account of the organization.</summary>
    public sealed record OfAccount(AccountId Account) : Wanted;

    public sealed record Arn(ResourceArn Of) : Wanted;

    /// <summary>An address of version 4 or 6.</summary>
    public sealed record Address(IPAddress Of) : Wanted;

    /// <summary>An id that AWS made, unique in all of AWS.</summary>
    /// <param name="Prefix">Its kind, such as <c>i</c> or <c>sg</c>.</param>
    public sealed record Id(string Text, string Prefix) : Wanted;

    /// <summary>A name in the DNS.</summary>
    public sealed record Host(string Name) : Wanted;

    /// <summary>A name that somebody gave; several resources may have it.</summary>
    public sealed record Named(string Name) : Wanted;
}
