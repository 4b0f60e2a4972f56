using CentralOps.Conformance.Suites;

namespace CentralOps.Conformance.Tests.Table;

/// <summary>A test that runs the conformance suite; skipped where its npm packages are not installed ('./test' fails for that in CI).</summary>
internal sealed class SuiteFactAttribute : FactAttribute
{
    public SuiteFactAttribute() => Skip = SuitePackage.Missing;
}
