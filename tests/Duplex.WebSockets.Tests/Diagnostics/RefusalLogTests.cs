using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Diagnostics;

public sealed class RefusalLogTests
{
    [Fact]
    public void First_refusal_of_each_kind_in_a_minute_is_logged_at_Information_and_the_others_at_Debug()
    {
        var time = new FakeTimeProvider();
        var records = new Records();
        var log = new RefusalLog(records, time);
        for (var i = 0; i < 3; i++) log.Refused(UpgradeRefusal.Origin, null, "/a\nb", "https://evil.example", "localhost");
        log.Refused(UpgradeRefusal.Timeout, null, "", null, null);
        Assert.Equal([LogLevel.Information, LogLevel.Debug, LogLevel.Debug, LogLevel.Information], records.All.Select(static record => record.Level));
        Assert.Contains("'/a?b' was refused with 403", records.All[0].Text, StringComparison.Ordinal);
        Assert.Contains("client.allowed_origins", records.All[0].Text, StringComparison.Ordinal);
        Assert.Contains("Origin: https://evil.example, Host: localhost", records.All[0].Text, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(1));
        log.Refused(UpgradeRefusal.Origin, null, "/", null, null);

        Assert.Contains("2 more since", records.All[^1].Text, StringComparison.Ordinal);
    }

    private sealed class Records : ILogger
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, formatter(state, exception)));
    }
}
