using Microsoft.Extensions.Logging;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>A logger that keeps entries of all levels, and throws when the test says so.</summary>
internal sealed class RecordingLogger : ILogger<Hub>
{
    private readonly List<string> _entries = [];

    public bool Throws { get; set; }

    /// <summary>What was logged since the last call: level and text.</summary>
    public string[] Take()
    {
        string[] taken = [.. _entries];
        _entries.Clear();
        return taken;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => Throws ? throw new InvalidOperationException("The logger fails.") : true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Throws) throw new InvalidOperationException("The logger fails.");
        _entries.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
