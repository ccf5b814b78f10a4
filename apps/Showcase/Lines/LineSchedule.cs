namespace Showcase.Lines;

/// <summary>
/// Computes when bytes pass one direction of a connection: they enter the line one after the other at its rate and arrive
/// after its delay. Times are those since any fixed moment.
/// </summary>
internal sealed class LineSchedule(Random random)
{
    // Timers fire late, on a busy machine by more than a read takes. While bytes wait, the line makes up for at most this much.
    private static readonly TimeSpan Credit = TimeSpan.FromSeconds(1);

    private TimeSpan _freeAt;
    private TimeSpan _lastArrival;

    /// <summary>The time until the line takes further bytes; zero or less when it takes them now.</summary>
    public TimeSpan Wait(TimeSpan now) => _freeAt - now;

    /// <summary>
    /// Takes bytes and returns the time of their arrival, which is never before that of earlier bytes. Bytes that have
    /// waited were sent before <paramref name="now"/>, and pass as if they had been taken in time.
    /// </summary>
    public TimeSpan Take(int count, TimeSpan now, bool hasWaited, LineSettings settings)
    {
        var earliest = hasWaited ? now - Credit : now;
        var start = _freeAt > earliest ? _freeAt : earliest;
        _freeAt = settings.BytesPerSecond is { } rate ? start + TimeSpan.FromSeconds((double)count / rate) : start;
        var departure = _freeAt > now ? _freeAt : now;
        var arrival = departure + settings.Delay + settings.Jitter * random.NextDouble();
        return _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
    }
}
