using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Ledgers;

/// <summary>Tells the log what goes wrong with recording.</summary>
internal sealed partial class LedgerTrouble(ILogger<LedgerTrouble> log)
{
    public void Tell(string sentence) => Trouble(sentence);

    [LoggerMessage(LogLevel.Error, "{Sentence}")]
    private partial void Trouble(string sentence);
}
