// Writes docs/tools.md from the tools' declarations and from answers of the sandbox: dotnet run --project tools/CentralOps.ToolPages
using CentralOps.Sandbox;
using CentralOps.ToolPages;

const string Central = "111111111111";
await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
var keys = sandbox.SessionOf($"arn:aws:iam::{Central}:role/CentralOpsLambdaRole", "tools", TimeSpan.FromHours(1));
using var tools = new LiveTools(sandbox.Url, keys, Central);
await File.WriteAllTextAsync(args is [var path] ? path : "docs/tools.md", await ToolsPage.WriteAsync(tools, CancellationToken.None));
