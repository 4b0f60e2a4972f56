using System.Text.RegularExpressions;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Actions;

namespace CentralOps.Accounts.Tests.ReadOnly;

public sealed class SecretActionsTests
{
    /// <summary>No operation of an API stands behind it: a database's own sign-in asks for it.</summary>
    private static readonly string[] WithoutOperation = ["rds-db:connect"];

    private static readonly string[] Known =
        [.. IamActions.Services.SelectMany(IamActions.OfService).SelectMany(static row => row.Actions).Select(static action => action.Name).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Every_pattern_means_an_action_that_there_is()
    {
        var idle = SecretActions.Patterns.Except(WithoutOperation).Where(static pattern => !Known.Any(action => Means(pattern, action)));
        idle.ShouldBeEmpty();
    }

    [Fact]
    public void Patterns_are_in_order_and_need_no_escape()
    {
        SecretActions.Patterns.ShouldBe(SecretActions.Patterns.Order(StringComparer.Ordinal));
        SecretActions.Patterns.ShouldAllBe(static pattern => Regex.IsMatch(pattern, "^[a-z0-9-]+:[A-Za-z]+\\*?[A-Za-z]*$"));
    }

    /// <summary>Reads by IAM's own level whose names say what they bring back: a new one is looked at before it is let through.</summary>
    [Fact]
    public void Reads_that_are_named_after_secrets_are_denied_or_were_looked_at()
    {
        string[] lookedAt =
        [
            // Which secrets there are, and how they are set up; not the secrets.
            "appflow:", "cloudfront:", "codebuild:ListSourceCredentials", "secretsmanager:Describe", "secretsmanager:List", "secretsmanager:GetRandomPassword", "secretsmanager:GetResourcePolicy",
        ];
        var open = IamActions.Services.SelectMany(IamActions.OfService).SelectMany(static row => row.Actions)
            .Where(static action => action.Level is AccessLevel.Read or AccessLevel.List)
            .Select(static action => action.Name).Distinct(StringComparer.Ordinal)
            .Where(static action => Regex.IsMatch(action, ":(Get|BatchGet|Retrieve).*(SecretValue|Password$|PasswordData|Credentials|AuthorizationToken|SessionToken|AccessKeys$)"))
            .Where(static action => !SecretActions.Patterns.Any(pattern => Means(pattern, action)))
            .Where(action => !Array.Exists(lookedAt, action.StartsWith))
            .Order(StringComparer.Ordinal).ToList();
        open.ShouldBeEmpty();
    }

    private static bool Means(string pattern, string action) =>
        Regex.IsMatch(action, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.IgnoreCase);
}
