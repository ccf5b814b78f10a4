using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>Retains the entries of all levels whose category starts with a prefix.</summary>
internal sealed class DuplexLog(string prefix = "Duplex") : ILoggerProvider
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public Entry[] Entries => [.. _entries];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName.StartsWith(prefix, StringComparison.Ordinal) ? _entries : null);

    public void Dispose()
    {
    }

    internal sealed record Entry(LogLevel Level, int Id, string Text);

    private sealed class Logger(ConcurrentQueue<Entry>? entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => entries is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries?.Enqueue(new Entry(logLevel, eventId.Id, formatter(state, exception)));
    }
}
