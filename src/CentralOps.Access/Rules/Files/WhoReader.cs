namespace CentralOps.Access.Rules.Files;

/// <summary>Reads whom a rule means: <c>everyone</c>, <c>local</c>, or groups, principals and claims.</summary>
internal static class WhoReader
{
    private const string Example = "Write it as in 'who: {groups: [sre]}', 'who: everyone' or 'who: local'.";

    public static CallerMatch? Read(RulesNode? who, int line, string where, RulesProblems problems)
    {
        switch (who)
        {
            case RulesNode.Word { Text: "everyone" }:
                return new CallerMatch { Everyone = true };
            case RulesNode.Word { Text: "local" }:
                return new CallerMatch { Local = true };
            case RulesNode.Fields fields:
                return Read(fields, where, problems);
            default:
                problems.Add(who?.Line ?? line, who is null ? $"{where}: 'who' is missing" : $"{where}: 'who' is none of a mapping, everyone and local", Example);
                return null;
        }
    }

    private static CallerMatch? Read(RulesNode.Fields fields, string where, RulesProblems problems)
    {
        var reader = new FieldReader(fields, $"{where}, who", problems);
        var match = new CallerMatch
        {
            Groups = Texts(reader.Words("groups", "sre")),
            Principals = Texts(Principals(reader.Words("principals", "arn:aws:iam::111111111111:user/ada"), where, problems)),
        };
        match = Claims(reader.Take("claims"), match, where, problems);
        reader.End("groups, principals and claims");
        if (match.Groups.Count + match.Principals.Count + match.Issuers.Count + match.ClientIds.Count > 0)
        {
            return match;
        }

        // Nothing named would mean everybody, which is never meant by leaving something out.
        problems.Add(fields.Line, $"{where}: 'who' names nobody", Example);
        return null;
    }

    private static CallerMatch Claims(RulesNode? claims, CallerMatch match, string where, RulesProblems problems)
    {
        if (claims is null)
        {
            return match;
        }

        if (claims is not RulesNode.Fields fields)
        {
            problems.Add(claims.Line, $"{where}: 'claims' is not a mapping", "Write it as in 'claims: {client_id: [agent-7]}'.");
            return match;
        }

        var reader = new FieldReader(fields, $"{where}, claims", problems);
        match = match with { Issuers = Texts(reader.Words("iss", "https://login.example.com")), ClientIds = Texts(reader.Words("client_id", "agent-7")) };
        reader.End("iss and client_id; groups and principals stand beside 'claims', scopes are demanded by the gateway's authorizer");
        return match;
    }

    private static IEnumerable<RulesNode.Word> Principals(IReadOnlyList<RulesNode.Word> principals, string where, RulesProblems problems)
    {
        foreach (var principal in principals)
        {
            var star = principal.Text.IndexOf('*', StringComparison.Ordinal);
            var isSession = star == principal.Text.Length - 1 && principal.Text.EndsWith("/*", StringComparison.Ordinal) && principal.Text.Contains(":assumed-role/", StringComparison.Ordinal);
            if (star < 0 || isSession)
            {
                yield return principal;
                continue;
            }

            problems.Add(principal.Line, $"{where}: the principal '{principal.Text}' has a star", "A star stands for the session of an assumed role only, as in arn:aws:sts::111111111111:assumed-role/Agents/*.");
        }
    }

    private static IReadOnlyList<string> Texts(IEnumerable<RulesNode.Word> words) => [.. words.Select(static word => word.Text)];
}
