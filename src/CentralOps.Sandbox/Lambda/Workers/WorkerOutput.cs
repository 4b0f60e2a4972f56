using System.Text;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Lambda.Workers;

/// <summary>What a worker writes to its standard output and error: kept as a bounded tail, and shown to whoever wants the log: a function answers that "its log tells why".</summary>
internal sealed partial class WorkerOutput(string function, ILoggerFactory logging)
{
    private readonly ILogger _logger = logging.CreateLogger<WorkerOutput>();

    public LogTail Tail { get; } = new();

    public void Write(ReadOnlyMemory<byte> bytes)
    {
        Tail.Append(bytes.Span);
        if (_logger.IsEnabled(LogLevel.Information))
        {
            // A function's words may hold what a terminal would obey.
            var text = string.Concat(Encoding.UTF8.GetString(bytes.Span).Select(c => char.IsControl(c) && c is not '\n' ? ' ' : c)).TrimEnd();
            LogOutput(_logger, function, text);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Function} wrote: {Text}")]
    private static partial void LogOutput(ILogger logger, string function, string text);
}
