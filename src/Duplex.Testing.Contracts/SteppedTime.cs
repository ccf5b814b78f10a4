namespace Duplex.Testing.Contracts;

/// <summary>A clock whose wall time can be stepped while its monotonic time stands still.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => 0;

    public void Step(TimeSpan by) => _now += by;
}
