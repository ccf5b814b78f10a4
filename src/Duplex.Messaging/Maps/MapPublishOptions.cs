using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Options of a change to a map entry.</summary>
public sealed record MapPublishOptions : IPublicationOptions
{
    /// <summary>The default options.</summary>
    public static MapPublishOptions None { get; } = new();

    /// <summary>Rank of the entry in an ordered map. Default 0.</summary>
    public long Score { get; init; }

    /// <summary>The condition of the change. Default: none.</summary>
    public MapKeyMode KeyMode { get; init; }

    /// <summary>Whether a change that <see cref="KeyMode"/> suppresses extends the entry's lifetime as the change itself would. Default false.</summary>
    public bool RefreshesTtl { get; init; }

    /// <inheritdoc cref="PublishOptions.Tags"/>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Idempotency key: a second change with the same key within five minutes is suppressed, and the first one's position is returned.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Version of the entry: a change whose version is not above the entry's is suppressed. Default 0: no version.</summary>
    public ulong Version { get; init; }

    /// <inheritdoc cref="PublishOptions.VersionEpoch"/>
    public string? VersionEpoch { get; init; }

    /// <inheritdoc cref="PublishOptions.Delta"/>
    public bool Delta { get; init; }

    /// <summary>The client on whose behalf the change is made.</summary>
    public ClientInfo? Info { get; init; }

    /// <summary>Makes the options of an entry from those that a handler has set for a publication.</summary>
    internal static MapPublishOptions From(PublishOptions options, ClientInfo info) => new()
    {
        Tags = options.Tags,
        IdempotencyKey = options.IdempotencyKey,
        Version = options.Version,
        VersionEpoch = options.VersionEpoch,
        Delta = options.Delta,
        Info = info,
    };
}
