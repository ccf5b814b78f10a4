namespace Duplex.Messaging.Brokers;

/// <summary>How a channel's history is kept.</summary>
/// <param name="Size">Publications kept at most; 0 switches history off.</param>
/// <param name="Ttl">How long a publication is kept; zero switches history off.</param>
/// <param name="MetaTtl">How long epoch, offset and the last version outlive the last use.</param>
public sealed record StreamOptions(int Size, TimeSpan Ttl, TimeSpan MetaTtl)
{
    // On the brokers' clock, which counts milliseconds.
    internal long TtlMilliseconds => Ttl.Ticks / TimeSpan.TicksPerMillisecond;

    internal long MetaTtlMilliseconds => MetaTtl.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Whether there is a history at all.</summary>
    public bool IsKept => Size > 0 && Ttl > TimeSpan.Zero;

    /// <summary>The namespace of the channel, whose channels are counted together.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Channels of the namespace that something is kept of; the broker drops the one not used for longest when there are more. Default: any number.</summary>
    public int MaxChannels { get; init; } = int.MaxValue;
}
