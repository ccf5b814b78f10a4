using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Publications;

/// <summary>One message of a channel. Immutable and shared by all who get it, so its data must not be changed.</summary>
public sealed record Publication
{
    // Besides the data: names, numbers and punctuation of an encoded publication.
    private const int EnvelopeBytes = 64;

    /// <summary>The payload: a JSON value without line breaks, or any bytes in channels for binary clients.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Position in the channel's stream, from 1 without holes; 0 when the channel has no history.</summary>
    public ulong Offset { get; init; }

    /// <summary>The stream's epoch, on the first publication of a stream only.</summary>
    public string? Epoch { get; init; }

    /// <summary>Who published it, when a client did.</summary>
    public ClientInfo? Info { get; init; }

    /// <summary>Labels for filters; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>When it was published, in Unix milliseconds.</summary>
    public long Time { get; init; }

    /// <summary>What it is about, where only the latest publication per key counts; null otherwise.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it takes its key away.</summary>
    public bool IsRemoval { get; init; }

    /// <summary>Version of the published object given by the publisher; 0 when there is none.</summary>
    public ulong Version { get; init; }

    /// <summary>Whether <see cref="Data"/> is a patch against the publication before it. Never in history.</summary>
    public bool IsDelta { get; init; }

    /// <summary>Rank of the key in an ordered map.</summary>
    public long Score { get; init; }

    /// <summary>Whether subscribers who asked for it may get it as a delta against the publication before it.</summary>
    public bool IsDeltaAllowed { get; init; }

    /// <summary>The concrete channel, where the subscription is to a pattern; otherwise null.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether <see cref="Data"/> is known to be one JSON value, because it was checked when it was published. False: it is not, or nobody has looked.</summary>
    public bool IsJson { get; init; }

    /// <summary>About what it takes in a reply, in either encoding.</summary>
    internal long ApproximateBytes
    {
        get
        {
            long bytes = EnvelopeBytes + Data.Length + (Key?.Length ?? 0) + (Info?.ApproximateBytes ?? 0);
            if (Tags is null) return bytes;
            foreach (var (key, value) in Tags) bytes += key.Length + value.Length;
            return bytes;
        }
    }
}
