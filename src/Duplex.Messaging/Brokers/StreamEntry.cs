namespace Duplex.Messaging.Brokers;

/// <summary>A channel's stream in an in-memory broker. The entry is created with the channel's first publication.</summary>
internal sealed class StreamEntry(string channel, StreamOptions stream) : BrokerEntry(channel, stream.Namespace)
{
    private PublicationLog? _log;

    public StreamOptions Stream { get; private set; } = stream;

    public override bool IsEmpty => _log is not { Count: > 0 };

    /// <summary>The time at which the sweep next has work here, on the broker's clock.</summary>
    public long DueAt => Math.Min(
        UsedAt + Stream.MetaTtlMilliseconds,
        _log?.OldestAt is { } oldest ? oldest + Stream.TtlMilliseconds : long.MaxValue);

    /// <summary>Returns the stream. The epoch is read once the entry is in the table, so that the end of an earlier entry has changed it.</summary>
    public PublicationLog Log(BrokerEntries<StreamEntry> entries) => _log ??= new PublicationLog(entries.BlankEpoch(Channel));

    public void Touch(StreamOptions stream, long now)
    {
        (UsedAt, Stream) = (now, stream);
        DropExpired(now);
    }

    public void DropExpired(long now) => _log?.DropExpired(now - Stream.TtlMilliseconds);

    /// <summary>Whether the stream was not used for its meta time.</summary>
    public bool IsForgotten(long now) => now - UsedAt >= Stream.MetaTtlMilliseconds;
}
