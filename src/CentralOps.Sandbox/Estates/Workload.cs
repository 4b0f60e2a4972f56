namespace CentralOps.Sandbox.Estates;

/// <summary>What instances of one kind do, and so how they look.</summary>
internal sealed record Workload(string Name, int ReservationSize, bool Public, params string[] Types)
{
    private static readonly Workload[] Storefront =
    [
        new("web", 3, true, "m6i.large", "m7g.large", "m5.xlarge"),
        new("api", 2, false, "c6i.xlarge", "c7g.xlarge"),
        new("worker", 4, false, "c6a.2xlarge", "c5.2xlarge"),
        new("cache", 1, false, "r6g.large", "r6i.xlarge"),
        new("bastion", 1, true, "t3.micro", "t4g.micro"),
    ];

    private static readonly Workload[] Data =
    [
        new("ingest", 2, false, "m6i.2xlarge", "m5.2xlarge"),
        new("spark", 6, false, "r6i.4xlarge", "r5.4xlarge"),
        new("airflow", 1, false, "m7g.xlarge"),
        new("notebook", 1, false, "g4dn.xlarge", "t3.2xlarge"),
    ];

    private static readonly Workload[] Platform =
    [
        new("ci-runner", 4, false, "c6i.2xlarge", "c7g.2xlarge"),
        new("directory", 2, false, "t3.large"),
        new("vpn", 1, true, "t3.medium"),
        new("mirror", 1, false, "m6g.large"),
    ];

    private static readonly Workload[] Crm =
    [
        new("crm-app", 2, false, "m4.large", "m3.medium"),
        new("crm-db", 1, false, "r4.xlarge"),
    ];

    public static IReadOnlyList<Workload> Of(string team) => team switch
    {
        "Storefront" or "Payments" => Storefront,
        "Data" => Data,
        "CRM" => Crm,
        _ => Platform,
    };
}
