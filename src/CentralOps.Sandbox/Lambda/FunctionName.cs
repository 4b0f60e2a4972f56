using System.Diagnostics.CodeAnalysis;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Lambda;

/// <summary>
/// How a caller names a function: its name, a partial ARN (<c>account:function:name</c> or <c>function:name</c>) or the ARN, each with a
/// qualifier behind a colon, or the qualifier apart.
/// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
/// </summary>
internal sealed record FunctionName(string Region, string AccountId, string Name, string? Qualifier)
{
    /// <summary>Without the qualifier: what policies speak of.</summary>
    public string Arn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";

    public string QualifiedArn => Qualifier is null ? Arn : $"{Arn}:{Qualifier}";

    public static bool TryParse(OperationCall call, [NotNullWhen(true)] out FunctionName? name)
    {
        name = null;
        var text = call.Text("FunctionName") ?? "";
        if (text.Length is 0 or > 256)
        {
            return false;
        }

        var found = text.Split(':') switch
        {
            ["arn", "aws", "lambda", var region, var account, "function", var plain, .. var rest] => Make(region, account, plain, rest),
            [var account, "function", var plain, .. var rest] when account is not "arn" => Make(call.Region, account, plain, rest),
            ["function", var plain, .. var rest] => Make(call.Region, call.Caller.AccountId, plain, rest),
            [var plain, .. var rest] => Make(call.Region, call.Caller.AccountId, plain, rest),
            _ => null,
        };
        if (found is null)
        {
            return false;
        }

        var apart = call.Text("Qualifier");
        if (apart is not null && found.Qualifier is not null && !string.Equals(apart, found.Qualifier, StringComparison.Ordinal))
        {
            return false;
        }

        name = found with { Qualifier = found.Qualifier ?? apart };
        return true;
    }

    /// <summary>A function's ARN without a qualifier.</summary>
    public static bool TryParseArn(string? arn, [NotNullWhen(true)] out FunctionName? name)
    {
        name = (arn ?? "").Split(':') is ["arn", "aws", "lambda", var region, var account, "function", var plain] ? Make(region, account, plain, []) : null;
        return name is not null;
    }

    private static FunctionName? Make(string region, string account, string name, string[] rest)
    {
        var fits = rest.Length <= 1
            && account.Length == 12 && account.All(char.IsAsciiDigit)
            && name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return fits ? new FunctionName(region, account, name, rest.Length == 1 ? rest[0] : null) : null;
    }
}
