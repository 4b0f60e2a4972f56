using System.Buffers;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools;

/// <summary>A tool that asks one account.</summary>
internal abstract class AccountTool : Tool
{
    private protected sealed override async Task<Refusal?> AnswerAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var opened = await setting.OpenAsync(arguments.Of(AccountArgument.Only), cancellationToken);
        return opened.Door is { } door ? await AnswerAsync(door, arguments, setting, output, cancellationToken) : opened.Refusal;
    }

    /// <summary>Writes the answer, or returns why there is none and writes nothing.</summary>
    private protected abstract Task<Refusal?> AnswerAsync(
        OpenAccount door, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken);
}
