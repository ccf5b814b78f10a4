using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>What a publisher may say about an entry of a map besides its data.</summary>
public sealed record MapPublishOptions : IPublicationOptions
{
    /// <summary>Says nothing.</summary>
    public static MapPublishOptions None { get; } = new();

    /// <summary>Rank of the entry in an ordered map.</summary>
    public long Score { get; init; }

    /// <summary>On what the change depends. Default: nothing.</summary>
    public MapKeyMode KeyMode { get; init; }

    /// <summary>Lets an entry live on, as if it had changed, when <see cref="KeyMode"/> keeps it from being changed.</summary>
    public bool RefreshesTtl { get; init; }

    /// <inheritdoc cref="PublishOptions.Tags"/>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>A second change with the same key within five minutes is not made: the first one's position is returned.</summary>
    public string? IdempotencyKey { get; init; }

    /// <inheritdoc cref="PublishOptions.Version"/>
    public ulong Version { get; init; }

    /// <inheritdoc cref="PublishOptions.VersionEpoch"/>
    public string? VersionEpoch { get; init; }

    /// <inheritdoc cref="PublishOptions.Delta"/>
    public bool Delta { get; init; }

    /// <summary>The client on whose behalf it is made.</summary>
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
