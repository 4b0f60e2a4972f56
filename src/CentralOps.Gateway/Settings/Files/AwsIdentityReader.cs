namespace CentralOps.Gateway.Settings.Files;

/// <summary><c>aws_identities</c>: whose presigned GetCallerIdentity is taken.</summary>
internal static class AwsIdentityReader
{
    private const int MaxAccounts = 10_000;

    public static AwsIdentitySettings? Read(Section section)
    {
        var endpoint = UrlField.Read(section, "sts_endpoint", "https://sts.us-east-1.amazonaws.com", required: true);
        var words = section.Words("accounts", "\"111111111111\"");
        var accounts = words.Select(word => RootReader.Account(section, word)).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var questions = section.Number("questions_per_second", 20, 1, 1000);
        section.End();
        if (endpoint is { AbsolutePath: not "/" })
        {
            section.Problems.Add(section.Line, $"{section.At("sts_endpoint")} has a path", "Write scheme and host alone, as in https://sts.us-east-1.amazonaws.com.");
        }

        if (words.Count is 0 or > MaxAccounts)
        {
            section.Problems.Add(section.Line, $"{section.At("accounts")} names {(words.Count == 0 ? "none" : $"more than {MaxAccounts}")}", "Name the accounts whose principals are admitted, in quotes: an account that is not named is a stranger's.");
        }

        return endpoint is null ? null : new AwsIdentitySettings(endpoint, accounts, questions);
    }
}
