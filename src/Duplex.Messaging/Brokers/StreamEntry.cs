namespace Duplex.Messaging.Brokers;

/// <summary>A channel's stream in a broker in memory. It exists from the channel's first publication on.</summary>
internal sealed class StreamEntry(string channel, StreamOptions stream) : BrokerEntry(channel, stream.Namespace)
{
    private PublicationLog? _log;

    public StreamOptions Stream { get; private set; } = stream;

    public override bool IsEmpty => _log is not { Count: > 0 };

    /// <summary>When the sweep has something to do here.</summary>
    public long DueAt => Math.Min(
        UsedAt + Stream.MetaTtlMilliseconds,
        _log?.OldestAt is { } oldest ? oldest + Stream.TtlMilliseconds : long.MaxValue);

    /// <summary>The stream. Its epoch is taken when the entry is in place, so that the end of an earlier entry has changed it.</summary>
    public PublicationLog Log(BrokerEntries<StreamEntry> entries) => _log ??= new PublicationLog(entries.BlankEpoch(Channel));

    public void Touch(StreamOptions stream, long now)
    {
        (UsedAt, Stream) = (now, stream);
        DropExpired(now);
    }

    public void DropExpired(long now) => _log?.DropExpired(now - Stream.TtlMilliseconds);

    /// <summary>Whether nobody has used it for its meta time.</summary>
    public bool IsForgotten(long now) => now - UsedAt >= Stream.MetaTtlMilliseconds;
}
