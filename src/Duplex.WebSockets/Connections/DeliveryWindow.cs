using System.Runtime.CompilerServices;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Estimates how many bytes may be in transit to the peer for the next byte to arrive within a given delay. Pings that are
/// sent among the messages are the probes: a pong confirms that the peer has read everything before its ping, also behind
/// kernels, proxies and a receive buffer that acknowledge bytes long before (RFC 6455 section 5.5.2).
/// </summary>
/// <remarks>
/// The window is the measured delivery rate times the delay that is allowed, plus the round trip of an idle path. Only a
/// connection that fills its window measures the capacity of the path; any other measures what the application sends, and
/// keeps its higher estimate for a while.
/// </remarks>
/// <param name="maxDelay">The delay that is allowed on top of the path's own.</param>
internal sealed class DeliveryWindow(TimeSpan maxDelay)
{
    /// <summary>The window until the first estimate, about what TCP sends before the first acknowledgement (RFC 6928).</summary>
    public const int InitialBytes = 16 * 1024;

    /// <summary>The position of the first probe.</summary>
    public const int FirstProbe = InitialBytes / 4;

    /// <summary>The least window of a path that is full.</summary>
    private const int MinBytes = 4 * 1024;

    private const int MaxBytes = 64 * 1024 * 1024;
    private const int MaxProbes = 8;

    // Shorter samples would take one read of a slow peer, which answers several probes at once, for a high rate.
    private static readonly TimeSpan MinSample = TimeSpan.FromMilliseconds(100);

    private Probes _probes;
    private int _first;
    private int _count;
    private TimeSpan _pathDelay = TimeSpan.MaxValue;
    private double _bytesPerSecond;
    private long _bytes = InitialBytes;
    private long _sampleStart;
    private TimeSpan _sampleStartedAt;
    private bool _wasFull;

    /// <summary>The position up to which the peer has read.</summary>
    public long Confirmed { get; private set; }

    /// <summary>Whether the peer has answered a probe.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>The position up to which bytes may be sent before the peer confirms more.</summary>
    public long Limit => Confirmed + _bytes;

    /// <summary>The position at which the next probe is due.</summary>
    public long NextProbe => _count == MaxProbes ? long.MaxValue : LastProbe + (_bytes / 4);

    private long LastProbe => _count == 0 ? Confirmed : _probes[(_first + _count - 1) % MaxProbes].Position;

    /// <summary>Records a probe.</summary>
    /// <param name="position">The number of bytes sent before the probe on this connection.</param>
    /// <param name="now">The present time on any monotonic clock.</param>
    public void OnProbeSent(long position, TimeSpan now)
    {
        if (!IsAnswered && _count == 0) _sampleStartedAt = now;
        _probes[(_first + _count++) % MaxProbes] = (position, now);
    }

    /// <summary>Records that the window is full: the path, and not the application, now limits the rate.</summary>
    public void OnFull() => _wasFull = true;

    /// <summary>Confirms a probe and all before it; a peer may answer only the newest (RFC 6455 section 5.5.3).</summary>
    /// <param name="position">The position in the pong.</param>
    /// <param name="now">The present time.</param>
    /// <returns>False when no such probe is outstanding; nothing has changed then.</returns>
    public bool OnPong(long position, TimeSpan now)
    {
        var index = 0;
        while (index < _count && _probes[(_first + index) % MaxProbes].Position != position) index++;
        if (index == _count) return false;
        var roundTrip = now - _probes[(_first + index) % MaxProbes].SentAt;
        _first = (_first + index + 1) % MaxProbes;
        _count -= index + 1;
        if (roundTrip < _pathDelay) _pathDelay = roundTrip;
        Confirmed = position;
        IsAnswered = true;
        Sample(now);
        return true;
    }

    private void Sample(TimeSpan now)
    {
        var elapsed = now - _sampleStartedAt;
        if (elapsed < MinSample) return;
        var sample = (Confirmed - _sampleStart) / elapsed.TotalSeconds;
        // One short pause of a fast peer halves the estimate; a path that has become slow halves it until it fits.
        _bytesPerSecond = Math.Max(sample, _bytesPerSecond * (_wasFull ? 1 / 2.0 : 7 / 8.0));
        var least = _wasFull ? MinBytes : InitialBytes;
        // What the first probe had to wait behind is no delay of the path: hence at most as much again.
        var delay = maxDelay + (_pathDelay < maxDelay ? _pathDelay : maxDelay);
        _bytes = (long)Math.Clamp(_bytesPerSecond * delay.TotalSeconds, least, MaxBytes);
        (_sampleStart, _sampleStartedAt, _wasFull) = (Confirmed, now, false);
    }

    [InlineArray(MaxProbes)]
    private struct Probes
    {
        private (long Position, TimeSpan SentAt) _first;
    }
}
