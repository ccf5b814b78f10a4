using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>What a publisher may say about an entry of a map besides its data.</summary>
public sealed record MapPublishOptions
{
    /// <summary>Says nothing.</summary>
    public static MapPublishOptions None { get; } = new();

    /// <summary>Rank of the entry in an ordered map.</summary>
    public long Score { get; init; }

    /// <summary>On what the change depends. Default: nothing.</summary>
    public MapKeyMode KeyMode { get; init; }

    /// <summary>Lets an entry live on, as if it had changed, when <see cref="KeyMode"/> keeps it from being changed.</summary>
    public bool RefreshesTtl { get; init; }

    /// <summary>Labels for filters.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>A second change with the same key within five minutes is not made: the first one's position is returned.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Version of the entry: a change whose version is not above the entry's is dropped. 0: none.</summary>
    public ulong Version { get; init; }

    /// <summary>Names the life of the versions: versions of different epochs are not compared.</summary>
    public string? VersionEpoch { get; init; }

    /// <summary>Lets subscribers who asked for deltas get the change as one.</summary>
    public bool Delta { get; init; }

    /// <summary>The client on whose behalf it is made.</summary>
    public ClientInfo? Info { get; init; }

    /// <summary>What of a publication's options counts for an entry too.</summary>
    internal static MapPublishOptions Of(PublishOptions options) => new()
    {
        Tags = options.Tags,
        IdempotencyKey = options.IdempotencyKey,
        Version = options.Version,
        VersionEpoch = options.VersionEpoch,
        Delta = options.Delta,
    };
}
