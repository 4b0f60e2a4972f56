namespace CentralOps.Sandbox.Policies;

/// <summary>A policy as it is evaluated: read once, asked on every call.</summary>
internal sealed record PolicyDocument(IReadOnlyList<Statement> Statements)
{
    /// <summary>As it was written.</summary>
    public string Text { get; init; } = "";

    public bool Denies(AccessRequest request) => Any(request, deny: true) > PrincipalMatch.None;

    public bool Allows(AccessRequest request) => Any(request, deny: false) > PrincipalMatch.None;

    /// <summary>The nearest way in which an allowing statement of a resource policy names the caller.</summary>
    public PrincipalMatch Grants(AccessRequest request) => Any(request, deny: false);

    private PrincipalMatch Any(AccessRequest request, bool deny)
    {
        var best = PrincipalMatch.None;
        foreach (var statement in Statements)
        {
            if (statement.Deny == deny && statement.Match(request) is var match && match > best)
            {
                best = match;
            }
        }

        return best;
    }
}
