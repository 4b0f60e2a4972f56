using CentralOps.Access.Callers;

namespace CentralOps.Gateway.Tests.Fixtures;

internal static class TestCallers
{
    public static Caller Somebody { get; } = Caller.Local;
}
