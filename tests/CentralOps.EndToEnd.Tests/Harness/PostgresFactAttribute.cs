using CentralOps.Gateway.Tests.Storage;

namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>A test that needs PostgreSQL's server; it says so and is skipped where that is missing.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
