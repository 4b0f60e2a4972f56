using System.Runtime.InteropServices;
using CentralOps.Functions.Composition;

// Ctrl-C reaches the whole process group; who started this process decides when it ends.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
return await FunctionHost.RunAsync(ProcessEnvironment.Read, TimeProvider.System, CancellationToken.None);
