namespace Showcase.Stage.Media;

/// <summary>Plays the test card on one stage, again and again, as if somebody sent it now.</summary>
internal sealed class TestCardLoop(TestCard card, Relay relay, TimeProvider time)
{
    private const int MaxBehindMicroseconds = 1_000_000;

    private long _startedAt;
    private int _next;
    private uint _sequence;

    /// <summary>Publishes the messages that are due.</summary>
    public void Play()
    {
        var now = Now;
        if (relay.Source != this || now - _startedAt - DueAt > MaxBehindMicroseconds) Restart(now);
        while (now >= _startedAt + DueAt)
        {
            var bytes = card.CopyOf(_next);
            MediaMessage.Restamp(bytes, ++_sequence, _startedAt + DueAt);
            if (MediaMessage.TryRead(bytes, out var message)) relay.Publish(this, message);
            if (++_next < card.Count) continue;
            _next = 0;
            _startedAt += card.Duration;
        }
    }

    /// <summary>Leaves the stage.</summary>
    public void Stop() => relay.End(this);

    private long Now => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private long DueAt => card.AtOf(_next);

    private void Restart(long now)
    {
        relay.Begin(this);
        (_startedAt, _next) = (now, 0);
    }
}
