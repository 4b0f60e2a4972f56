using System.Text;
using CentralOps.Sandbox.Lambda.Workers;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Tests.Lambda;

public sealed class WorkerOutputTests
{
    [Fact]
    public void What_a_function_writes_is_shown_to_who_wants_the_log_and_cannot_command_his_terminal()
    {
        var log = new Shown();
        new WorkerOutput("central-ops-ec2", log).Write(Encoding.UTF8.GetBytes("Request 1 failed.\u001b[2J\r\n"));

        log.Lines.ShouldHaveSingleItem().ShouldBe("central-ops-ec2 wrote: Request 1 failed. [2J");
    }

    /// <summary>As <c>up --verbose</c> sets it: information and what is worse.</summary>
    private sealed class Shown : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
