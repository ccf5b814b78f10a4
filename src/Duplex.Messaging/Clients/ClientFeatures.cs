using System.Collections.ObjectModel;
using System.Net;
using System.Security.Claims;

namespace Duplex.Messaging.Clients;

/// <summary>The capabilities of a client's transport and the origin of its request.</summary>
internal sealed record ClientFeatures
{
    /// <summary>A two-way client whose peer answers pings.</summary>
    public static ClientFeatures Default { get; } = new();

    /// <summary>Whether the hub pings in the dialect; false when the transport pings by itself.</summary>
    public bool Pings { get; init; } = true;

    /// <summary>Whether the peer only receives.</summary>
    public bool IsUnidirectional { get; init; }

    /// <summary>The secret that identifies the connection in posts to the emulation endpoint, and by which the server API selects the client; null when there is none.</summary>
    public string? Session { get; init; }

    /// <summary>The id of this node, to which posts must be routed; null when commands arrive over the transport itself.</summary>
    public string? Node { get; init; }

    /// <summary>The user that a layer before the hub has authenticated; null leaves authentication to the hub.</summary>
    public string? User { get; init; }

    /// <summary>The principal of the client's request, when the application has enabled it; null otherwise.</summary>
    public ClaimsPrincipal? Principal { get; init; }

    /// <summary>Header fields of the client's request that the host is configured to retain, by name. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The peer's address; null when it is unknown.</summary>
    public EndPoint? RemoteEndPoint { get; init; }
}
