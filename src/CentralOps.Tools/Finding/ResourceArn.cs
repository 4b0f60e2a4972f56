using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CentralOps.Accounts;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Finding;

/// <summary>An ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html</summary>
/// <param name="Region">Null for what has none, such as a bucket or a role.</param>
/// <param name="Account">Null where the ARN does not tell it (a bucket's), or it is AWS's own.</param>
/// <param name="Type">Of the resource, such as <c>instance</c>; empty where the ARN tells none.</param>
/// <param name="Name">What stands behind the type.</param>
internal sealed record ResourceArn(string Text, string Partition, string Service, RegionName? Region, AccountId? Account, string Type, string Name)
{
    public const int MaxLength = 2048;

    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool TryParse(string text, [NotNullWhen(true)] out ResourceArn? arn)
    {
        arn = null;
        if (text.Length > MaxLength || text.Split(':', 6) is not ["arn", var partition, var service, var region, var account, { Length: > 0 } resource] || !IsWord(partition) || !IsWord(service))
        {
            return false;
        }

        RegionName? there = RegionName.TryParse(region, out var named) ? named : null;
        AccountId? owner = AccountId.TryParse(account, out var id) ? id : null;
        if ((region.Length > 0 && there is null) || (account.Length > 0 && owner is null && account is not "aws"))
        {
            return false;
        }

        var end = resource.AsSpan().IndexOfAny('/', ':');
        var (type, name) = end < 0 || service is "s3" ? ("", resource) : (resource[..end], resource[(end + 1)..]);
        arn = new ResourceArn(text, partition, service, there, owner, type, name);
        return true;
    }

    private static bool IsWord(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(WordCharacters);
}
