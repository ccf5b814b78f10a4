using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Timing;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Hosting;

public sealed class OptionValidationTests
{
    private static readonly WebSocketConnectionOptions Default = WebSocketConnectionOptions.Default;

    public static TheoryData<WebSocketConnectionOptions, string> Wrong => new()
    {
        { Default with { PingInterval = TimeSpan.FromSeconds(-1) }, "PingInterval" },
        { Default with { MessageTimeout = TimeSpan.Zero }, "MessageTimeout" },
        { Default with { CloseTimeout = TimeSpan.FromSeconds(-5) }, "CloseTimeout" },
        { Default with { PongTimeout = TimeSpan.Zero }, "PongTimeout" },
        { Default with { PongTimeout = TimeSpan.FromSeconds(25) }, "PongTimeout is 00:00:25; it must be less than PingInterval, which is 00:00:25." },
        { Default with { MaxMessageBytes = 0 }, "MaxMessageBytes is 0; it must be from 1 to 2147483647 bytes." },
        { Default with { AllowedOrigins = ["example.org"] }, "write https://example.org." },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Option_out_of_range_is_named(WebSocketConnectionOptions options, string name) =>
        Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_without_bounds_are_right()
    {
        Default.Validate();
        (Default with { PingInterval = null, MessageTimeout = null, AllowedOrigins = ["*", "null", "tauri://localhost"] }).Validate();
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var options = Default with { MaxMessageBytes = 0, CloseTimeout = TimeSpan.Zero, AllowedOrigins = ["example.org"] };
        var lines = Assert.Throws<ArgumentException>(options.Validate).Message.Split(Environment.NewLine);
        Assert.Equal(["MaxMessageBytes", "CloseTimeout", "AllowedOrigins"], lines.Select(line => line.Split(' ', ':')[0]));
    }

    [Fact]
    public void Timer_that_is_never_due_does_not_overflow()
    {
        var wheel = new TimerWheel(new FakeTimeProvider());
        var timer = new Timer();
        wheel.Schedule(timer, TimeSpan.MaxValue);
        wheel.Advance();
        Assert.True(timer.IsArmed);
        wheel.Cancel(timer);
    }

    private sealed class Timer : OwnerTimer
    {
        protected internal override void OnDue() { }
    }
}
