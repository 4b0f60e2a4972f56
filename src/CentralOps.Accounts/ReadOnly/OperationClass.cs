namespace CentralOps.Accounts.ReadOnly;

/// <summary>What an operation does to the world and what it brings back.</summary>
public enum OperationClass
{
    /// <summary>Changes something, or is not classified.</summary>
    Write,

    /// <summary>Brings back how things are set up.</summary>
    MetadataRead,

    /// <summary>Metadata with secret members among it, which are removed while the answer is read.</summary>
    GuardedRead,

    /// <summary>Brings back customers' data.</summary>
    DataRead,

    /// <summary>Exists to bring back a secret or a credential.</summary>
    SecretRead,
}
