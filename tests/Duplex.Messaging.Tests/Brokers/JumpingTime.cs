namespace Duplex.Messaging.Tests.Brokers;

/// <summary>A clock whose wall part is set while its monotonic part stands.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => 0;

    public void Jump(TimeSpan by) => _now += by;
}
