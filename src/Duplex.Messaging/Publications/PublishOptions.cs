using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Publications;

/// <summary>Options of a publication.</summary>
public sealed record PublishOptions : IPublicationOptions
{
    /// <summary>Whether the publication is delivered to subscribers without being retained in the channel's history. Default false.</summary>
    public bool SkipHistory { get; init; }

    /// <summary>Labels that tags filters match.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Idempotency key: a second publication with the same key within five minutes is suppressed, and the first one's result is returned.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Version of the published object: a publication whose version is not above the channel's last one is suppressed. Default 0: no version.</summary>
    public ulong Version { get; init; }

    /// <summary>Epoch of the versions: versions of different epochs are not compared.</summary>
    public string? VersionEpoch { get; init; }

    /// <summary>The key of the publication: slow clients of a conflating channel receive only the latest publication of each key.</summary>
    public string? Key { get; init; }

    /// <summary>Whether subscribers that negotiated deltas may receive this publication as a delta. Default false.</summary>
    public bool Delta { get; init; }

    /// <summary>The client on whose behalf the publication is made.</summary>
    public ClientInfo? Info { get; init; }
}
