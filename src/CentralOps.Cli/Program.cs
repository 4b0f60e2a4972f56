#pragma warning disable RS0030 // The one place of this binary that reads the environment.
using CentralOps.Cli;
using CentralOps.Cli.Terminal;

return await CommandLine.RunAsync(args, Screen.OfProcess(), trace: Environment.GetEnvironmentVariable(CommandLine.TraceVariable) is "1");
