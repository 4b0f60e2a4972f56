using System.Buffers;
using CentralOps.Gateway.Targets;
using CentralOps.Tools;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>
/// The tools in this process, in the place of a Lambda function. There is no Lambda without an account to run it in, and function processes of
/// our own would need the credentials handed to them, and renewed there.
/// </summary>
internal sealed class ToolTarget(IReadOnlyList<Tool> tools, ToolServices services) : ITarget
{
    private const string Separator = "___";
    private const int MaxAnswerBytes = 6 * 1024 * 1024;
    private static readonly TimeSpan TimeAllowed = TimeSpan.FromSeconds(55);

    public async ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.ToolName[(invocation.ToolName.IndexOf(Separator, StringComparison.Ordinal) + Separator.Length)..];
        var tool = tools.First(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
        var call = new ToolCall(invocation.Arguments, invocation.Caller, invocation.MessageIdText(), services)
        {
            TimeAllowed = TimeAllowed,
            MaxAnswerBytes = MaxAnswerBytes,
            CalledAs = invocation.ToolName,
        };
        var output = new ArrayBufferWriter<byte>(4096);
        await tool.RunAsync(call, output, cancellationToken);
        return TargetAnswer.Of(output.WrittenMemory);
    }
}
