using Duplex.Messaging.Presence;

namespace Duplex.Messaging.Channels;

/// <summary>
/// One message of a channel. Immutable and shared by history, subscribers and encoders; its memory must not change
/// after construction.
/// </summary>
public sealed record Publication
{
    /// <summary>The payload, or the patch when <see cref="IsDelta"/>.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Who published it; null unless a client did.</summary>
    public ClientInfo? Info { get; init; }

    /// <summary>Position in the channel's stream, from 1; 0 in a channel without history.</summary>
    public ulong Offset { get; init; }

    /// <summary>What tags filters look at; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether <see cref="Data"/> is a Fossil patch to the data of the publication before it.</summary>
    public bool IsDelta { get; init; }

    /// <summary>When the hub accepted it, in Unix milliseconds; 0 when not recorded.</summary>
    public long TimeMs { get; init; }

    /// <summary>The concrete channel where the subscription is to a pattern; otherwise null.</summary>
    public string? Channel { get; init; }

    /// <summary>The entry that this publication changes in a map or shared-poll channel; otherwise null.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the entry of <see cref="Key"/> was removed.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>The entry's rank in an ordered map.</summary>
    public long Score { get; init; }

    /// <summary>The stream's epoch, set on its first publication only, for subscribers that had none.</summary>
    public string? Epoch { get; init; }

    /// <summary>The entry's version in a shared-poll channel.</summary>
    public ulong Version { get; init; }
}
