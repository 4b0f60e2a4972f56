namespace CentralOps.Sandbox.Estates.Databases;

/// <summary>A DB instance of RDS, alone or in a cluster.</summary>
internal sealed record DatabaseInstance
{
    /// <summary>Lower case, as RDS stores it.</summary>
    public required string Id { get; init; }

    public required DatabaseEngine Engine { get; init; }

    public required string Class { get; init; }

    public string Status { get; init; } = "available";

    public string? ClusterId { get; init; }

    public string? DatabaseName { get; init; }

    public string MasterUser { get; init; } = "admin";

    /// <summary>The secret of Secrets Manager that holds the master password; null where RDS was given one.</summary>
    public bool ManagedPassword { get; init; }

    public int StorageGb { get; init; } = 100;

    public bool MultiAz { get; init; }

    public bool Public { get; init; }

    public bool Encrypted { get; init; } = true;

    public bool DeletionProtection { get; init; }

    public int BackupDays { get; init; } = 7;

    public required string Zone { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? VpcId { get; init; }

    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    public string? GroupId { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>An engine and its version, with the port it listens on.</summary>
internal sealed record DatabaseEngine(string Name, string Version, int Port)
{
    public static readonly DatabaseEngine AuroraPostgres = new("aurora-postgresql", "16.6", 5432);
    public static readonly DatabaseEngine AuroraMysql = new("aurora-mysql", "8.0.mysql_aurora.3.08.2", 3306);

    public static IReadOnlyList<DatabaseEngine> All { get; } =
    [
        AuroraPostgres, AuroraMysql, new("postgres", "16.8", 5432), new("mysql", "8.0.41", 3306), new("mariadb", "10.11.11", 3306),
        new("oracle-se2", "19.0.0.0.ru-2025-04.rur-2025-04.r1", 1521), new("sqlserver-se", "15.00.4430.1.v1", 1433),
    ];

    public bool IsAurora => Name.StartsWith("aurora", StringComparison.Ordinal);
}
