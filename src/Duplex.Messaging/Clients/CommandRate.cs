namespace Duplex.Messaging.Clients;

/// <summary>Limits the rate of a client's commands with a single number: the time at which the commands sent so far would be used up.</summary>
internal struct CommandRate
{
    public const int MaxPerSecond = 1_000_000;

    private const long MicrosPerSecond = 1_000_000;
    private const long BurstMicros = 10 * MicrosPerSecond;

    private long _spentAt;

    /// <summary>Counts a command; false when it exceeds the rate.</summary>
    /// <param name="perSecond">The maximum rate in commands per second.</param>
    /// <param name="now">The hub's clock in milliseconds.</param>
    public bool TryTake(int perSecond, long now)
    {
        var micros = now * (MicrosPerSecond / 1000);
        var spentAt = Math.Max(_spentAt, micros) + (MicrosPerSecond / perSecond);
        if (spentAt - micros > BurstMicros) return false;
        _spentAt = spentAt;
        return true;
    }
}
