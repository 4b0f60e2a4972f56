// Writes docs/tools.md from the tools' declarations and from answers of the sandbox: dotnet run --project tools/CentralOps.ToolPages
using CentralOps.ToolPages;

await using var tools = await LiveTools.OnSandboxAsync(CancellationToken.None);
await File.WriteAllTextAsync(args is [var path] ? path : "docs/tools.md", await ToolsPage.WriteAsync(tools, CancellationToken.None));
