using Duplex.WebSockets.Hosting;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Takes so many connections a second, after a pause as many at once. Safe from any thread.</summary>
internal sealed class ConnectionRate(int? perSecond, TimeProvider time)
{
    /// <summary>Refuses a handshake above the rate.</summary>
    public static UpgradeRefusal Refusal { get; } = new(
        503, "The server accepts no more connections in this second; try again.", "Raise ConnectionRateLimit if clients need more.");

    private readonly Lock _gate = new();
    private double _tokens = perSecond ?? 0;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Whether there is a rate.</summary>
    public bool IsLimited => perSecond is not null;

    /// <summary>Whether one more connection may come now. Without a rate, always.</summary>
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
