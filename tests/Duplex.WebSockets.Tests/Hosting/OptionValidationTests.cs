using Duplex.WebSockets.Hosting;

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
        { Default with { PongTimeout = TimeSpan.FromSeconds(26) }, "PongTimeout is 00:00:26; it must be at most PingInterval, which is 00:00:25." },
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
        (Default with { PongTimeout = Default.PingInterval }).Validate();
        (Default with { PingInterval = null, MessageTimeout = null, AllowedOrigins = ["*", "null", "tauri://localhost"] }).Validate();
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var options = Default with { MaxMessageBytes = 0, CloseTimeout = TimeSpan.Zero, AllowedOrigins = ["example.org"] };
        var lines = Assert.Throws<ArgumentException>(options.Validate).Message.Split(Environment.NewLine);
        Assert.Equal(["MaxMessageBytes", "CloseTimeout", "AllowedOrigins"], lines.Select(line => line.Split(' ', ':')[0]));
    }
}
