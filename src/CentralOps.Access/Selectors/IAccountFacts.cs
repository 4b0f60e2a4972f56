namespace CentralOps.Access.Selectors;

/// <summary>What selectors and rules ask of an account. What is not known is null, which is neither a match nor a mismatch.</summary>
public interface IAccountFacts
{
    /// <summary>Twelve digits.</summary>
    string AccountId { get; }

    string Name { get; }

    /// <summary>Path from below the root, such as <c>Workloads/Prod</c>; <c>Root</c> for an account in no unit; null where it is not known.</summary>
    string? UnitPath { get; }

    /// <summary>Null where they are not known.</summary>
    IReadOnlyDictionary<string, string>? TagValues { get; }
}

/// <summary>What has to be known of accounts beside id and name.</summary>
[Flags]
public enum AccountFactKinds
{
    None = 0,
    Units = 1,
    Tags = 2,
}

/// <summary>Whether a term means an account. Who grants something takes only <see cref="Yes"/>, who withholds it takes <see cref="Unknown"/> too.</summary>
public enum TermMatch
{
    No,
    Unknown,
    Yes,
}
