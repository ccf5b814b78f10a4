namespace Duplex.Messaging.Clients;

/// <summary>Counts a client's commands against a rate, in one number that every client has: the moment at which those it has sent would be spent.</summary>
internal struct CommandRate
{
    public const int MaxPerSecond = 1_000_000;

    private const long MicrosPerSecond = 1_000_000;
    private const long BurstMicros = 10 * MicrosPerSecond;

    private long _spentAt;

    /// <summary>Counts a command; false when it is one too many.</summary>
    /// <param name="perSecond">The rate.</param>
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
