using Duplex.WebSockets.Hosting;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Limits new connections by a token bucket with a capacity of one second. Safe from any thread.</summary>
internal sealed class ConnectionRate(int? perSecond, TimeProvider time)
{
    /// <summary>The refusal of a handshake above the rate.</summary>
    public static UpgradeRefusal Refusal { get; } = new(
        503, "The rate limit of new connections is exceeded; try again.", "Raise ConnectionRateLimit if clients need more.");

    private readonly Lock _gate = new();
    private double _tokens = perSecond ?? 0;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Whether the rate is limited.</summary>
    public bool IsLimited => perSecond is not null;

    /// <summary>Returns whether a new connection is within the rate, and counts it. Always true without a limit.</summary>
    public bool TryTake()
    {
        if (perSecond is not { } rate) return true;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(rate, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * rate));
            _filledAt = now;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }
}
