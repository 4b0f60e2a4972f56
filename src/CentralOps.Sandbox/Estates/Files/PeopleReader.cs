using CentralOps.Sandbox.Sso;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>The people of IAM Identity Center and what they may use.</summary>
internal static class PeopleReader
{
    public static IReadOnlyList<SsoUser> Read(Section file, IReadOnlyList<Account> accounts)
    {
        List<SsoUser> people = [];
        foreach (var section in file.Sections("people"))
        {
            var name = section.Required("name", static text => text.Length is > 0 and <= 64 && text.All(static c => char.IsAsciiLetterOrDigit(c) || "+=,.@-_".Contains(c, StringComparison.Ordinal)), "1 to 64 letters, digits or +=,.@-_");
            var assignments = section.Sections("assignments").SelectMany(assignment => Assignments(assignment, accounts)).ToArray();
            people.Add(new SsoUser(name, assignments));
            section.End();
        }

        return people;
    }

    private static SsoAssignment[] Assignments(Section section, IReadOnlyList<Account> accounts)
    {
        var account = section.Required("account", id => accounts.Any(account => string.Equals(account.Id, id, StringComparison.Ordinal)), "the id of one of the accounts, in quotes");
        var sets = section.Texts("permission_sets");
        foreach (var unknown in sets.Except(PermissionSets.Names, StringComparer.Ordinal))
        {
            section.Problems.Add(section.LineOf("permission_sets"), $"The permission set '{unknown}' is not known", $"Take one of {string.Join(", ", PermissionSets.Names)}.");
        }

        section.End();
        return [.. sets.Select(set => new SsoAssignment(account, set))];
    }
}
