using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogRecords : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _records = new();

    public IEnumerable<string> Texts => _records.Select(record => record.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _records.Enqueue((logLevel, formatter(state, exception)));

    public void Dispose() { }
}
