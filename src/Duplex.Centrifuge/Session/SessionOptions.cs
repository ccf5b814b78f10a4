using System.Collections.ObjectModel;
using Duplex.Messaging.Codes;

namespace Duplex.Centrifuge.Session;

/// <summary>What a session tells its client besides the hub's own answers.</summary>
public sealed record SessionOptions
{
    /// <summary>For transports with close codes of their own.</summary>
    public static SessionOptions Default { get; } = new();

    /// <summary>The session's id, by which posts to the emulation endpoint find it; null where commands come over the transport itself.</summary>
    public string? Session { get; init; }

    /// <summary>The id of this node, with <see cref="Session"/>.</summary>
    public string? Node { get; init; }

    /// <summary>How connections of one-way clients end, which cannot be told of an error, by the error's code. Default: as the dialect says.</summary>
    public IReadOnlyDictionary<uint, Disconnect> OneWayDisconnects { get; init; } = ReadOnlyDictionary<uint, Disconnect>.Empty;
}
