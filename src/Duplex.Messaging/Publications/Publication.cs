using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Publications;

/// <summary>One message of a channel. Immutable and shared by all its receivers, so its data must not be changed.</summary>
public sealed record Publication
{
    // Size of an encoded publication without its data: names, numbers and punctuation.
    private const int EnvelopeBytes = 64;

    /// <summary>The payload: a JSON value without line breaks, or any bytes in channels for binary clients.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Position in the channel's stream, from 1 without holes; 0 when the channel has no history.</summary>
    public ulong Offset { get; init; }

    /// <summary>The stream's epoch, on the first publication of a stream only.</summary>
    public string? Epoch { get; init; }

    /// <summary>The client that published it; null when the server did.</summary>
    public ClientInfo? Info { get; init; }

    /// <summary>Labels that tags filters match; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The time of publication in Unix milliseconds.</summary>
    public long Time { get; init; }

    /// <summary>The key, in channels where only the latest publication per key matters; null otherwise.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the publication removes its key.</summary>
    public bool IsRemoval { get; init; }

    /// <summary>Version of the published object, set by the publisher; 0 when there is none.</summary>
    public ulong Version { get; init; }

    /// <summary>Whether <see cref="Data"/> is a patch against the previous publication. Never set in history.</summary>
    public bool IsDelta { get; init; }

    /// <summary>Rank of the key in an ordered map.</summary>
    public long Score { get; init; }

    /// <summary>Whether subscribers that negotiated deltas may receive it as a delta against the previous publication.</summary>
    public bool IsDeltaAllowed { get; init; }

    /// <summary>The concrete channel when the subscription is to a pattern; otherwise null.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether <see cref="Data"/> was validated as one JSON value when it was published. False: it is not JSON, or was not validated.</summary>
    public bool IsJson { get; init; }

    /// <summary>Approximate size in a reply in bytes, in either encoding.</summary>
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
