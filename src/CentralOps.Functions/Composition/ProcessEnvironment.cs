#pragma warning disable RS0030 // The one place of this binary that touches the environment.
namespace CentralOps.Functions.Composition;

/// <summary>The process environment, as Lambda sets it.</summary>
internal static class ProcessEnvironment
{
    public static string? Read(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>Where AWS's tracing libraries look for the trace of the call at hand.</summary>
    public static void SetTrace(string? trace) => Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", trace);
}
