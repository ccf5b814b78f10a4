namespace Duplex.Messaging.Brokers;

/// <summary>How a channel's history is kept.</summary>
/// <param name="Size">Publications kept at most; 0 switches history off.</param>
/// <param name="Ttl">How long a publication is kept; zero switches history off.</param>
/// <param name="MetaTtl">How long epoch, offset and the last version outlive the last use.</param>
public sealed record StreamOptions(int Size, TimeSpan Ttl, TimeSpan MetaTtl)
{
    /// <summary>Whether there is a history at all.</summary>
    public bool IsKept => Size > 0 && Ttl > TimeSpan.Zero;
}
