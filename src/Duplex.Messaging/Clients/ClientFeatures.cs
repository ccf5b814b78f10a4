using System.Collections.ObjectModel;
using System.Net;
using System.Security.Claims;

namespace Duplex.Messaging.Clients;

/// <summary>What a client's transport can do, and where it comes from.</summary>
public sealed record ClientFeatures
{
    /// <summary>A two-way client whose peer answers pings.</summary>
    public static ClientFeatures Default { get; } = new();

    /// <summary>Whether the hub pings in the dialect; false where the transport pings by itself.</summary>
    public bool Pings { get; init; } = true;

    /// <summary>Whether the peer can only listen.</summary>
    public bool IsUnidirectional { get; init; }

    /// <summary>The secret that names the connection in posts to the emulation endpoint, or by which the server API selects the client; null where there is none.</summary>
    public string? Session { get; init; }

    /// <summary>The id of this node, where posts must find it; null where commands arrive over the transport itself.</summary>
    public string? Node { get; init; }

    /// <summary>The user, where something in front of the hub has authenticated the client; null leaves it to the hub.</summary>
    public string? User { get; init; }

    /// <summary>The principal of the client's request, where the application has the hub read it; null otherwise.</summary>
    public ClaimsPrincipal? Principal { get; init; }

    /// <summary>Header fields of the client's request that the application wants to see, by their names. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The peer's address, when it is known.</summary>
    public EndPoint? RemoteEndPoint { get; init; }
}
