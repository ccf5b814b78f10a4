namespace Duplex.Messaging.Brokers;

/// <summary>The retention of a channel's history.</summary>
/// <param name="Size">Maximum number of retained publications; 0 disables history.</param>
/// <param name="Ttl">Lifetime of a publication; zero disables history.</param>
/// <param name="MetaTtl">Lifetime of epoch, offset and last version after the last use.</param>
public sealed record StreamOptions(int Size, TimeSpan Ttl, TimeSpan MetaTtl)
{
    // In milliseconds, the unit of the brokers' clock.
    internal long TtlMilliseconds => Ttl.Ticks / TimeSpan.TicksPerMillisecond;

    internal long MetaTtlMilliseconds => MetaTtl.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Whether history is retained.</summary>
    public bool IsKept => Size > 0 && Ttl > TimeSpan.Zero;

    /// <summary>The namespace of the channel; <see cref="MaxChannels"/> bounds its channels together.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Maximum number of channels of the namespace with retained state; beyond it the broker drops the least recently used one. Default: no bound.</summary>
    public int MaxChannels { get; init; } = int.MaxValue;
}
