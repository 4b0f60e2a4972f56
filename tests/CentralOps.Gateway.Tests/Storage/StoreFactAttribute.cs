using Xunit.Abstractions;
using Xunit.Sdk;

namespace CentralOps.Gateway.Tests.Storage;

/// <summary>A fact of the contract: where its class is PostgreSQL's and there is no server's program, it says that it was skipped and why.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("CentralOps.Gateway.Tests.Storage.StoreFactDiscoverer", "CentralOps.Gateway.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

public sealed class StoreFactDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new StoreTestCase(sink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

public sealed class StoreTestCase : XunitTestCase
{
    [Obsolete("For deserialization.", error: true)]
    public StoreTestCase()
    {
    }

    public StoreTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.Name switch
        {
            var name when name.Contains("Postgres", StringComparison.Ordinal) && PostgresServer.Missing is { } missing => missing,
            var name when name.Contains(".Sdk", StringComparison.Ordinal) && Control.Fixtures.ControlPeer.Missing is { } missing => missing,
            _ => base.GetSkipReason(factAttribute),
        };
}
