using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Publications;

/// <summary>What a publisher may say about a publication besides its data.</summary>
public sealed record PublishOptions : IPublicationOptions
{
    /// <summary>Delivers to subscribers without keeping the publication in the channel's history.</summary>
    public bool SkipHistory { get; init; }

    /// <summary>Labels for filters.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>A second publication with the same key within five minutes is not published: the first one's result is returned.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Version of the published object: a publication whose version is not above the channel's last one is dropped. 0: none.</summary>
    public ulong Version { get; init; }

    /// <summary>Names the life of the versions: versions of different epochs are not compared.</summary>
    public string? VersionEpoch { get; init; }

    /// <summary>What the publication is about: slow clients of a conflating channel skip to the latest of each key.</summary>
    public string? Key { get; init; }

    /// <summary>Lets subscribers who asked for deltas get this publication as one.</summary>
    public bool Delta { get; init; }

    /// <summary>The client on whose behalf it is published.</summary>
    public ClientInfo? Info { get; init; }
}
