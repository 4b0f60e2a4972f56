using CentralOps.Cli;
using CentralOps.Cli.Terminal;

return await CommandLine.RunAsync(args, Screen.OfProcess(), trace: ProcessEnvironment.Read(CommandLine.TraceVariable) is "1");
