using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Tests.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Diagnostics;

public sealed class RefusalLogTests
{
    [Fact]
    public void First_refusal_of_each_kind_in_a_minute_is_logged_at_Information_and_the_others_at_Debug()
    {
        var time = new FakeTimeProvider();
        var records = new RecordingLogger();
        var log = new RefusalLog(records, time);
        for (var i = 0; i < 3; i++) log.Refused(UpgradeRefusal.Origin, null, "/a\nb", "https://evil.example", "localhost");
        log.Refused(UpgradeRefusal.Timeout, null, "", null, null);
        var first = records.Entries.First().Message;
        Assert.Equal([LogLevel.Information, LogLevel.Debug, LogLevel.Debug, LogLevel.Information], records.Entries.Select(static record => record.Level));
        Assert.Contains("'/a?b' was refused with 403", first, StringComparison.Ordinal);
        Assert.Contains("client.allowed_origins", first, StringComparison.Ordinal);
        Assert.Contains("Origin: https://evil.example, Host: localhost", first, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(1));
        log.Refused(UpgradeRefusal.Origin, null, "/", null, null);

        Assert.Contains("2 more since", records.Entries.Last().Message, StringComparison.Ordinal);
    }
}
