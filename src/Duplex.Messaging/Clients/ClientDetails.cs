using System.Collections.ObjectModel;

namespace Duplex.Messaging.Clients;

/// <summary>What few clients have, kept apart so that the others need no room for it.</summary>
internal sealed record ClientDetails
{
    public static ClientDetails None { get; } = new();

    public ReadOnlyMemory<byte> Meta { get; init; }

    public IReadOnlyDictionary<string, string> EmulatedHeaders { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The user whom the client's tokens name, where the connect handler made another of it; null: the client's.</summary>
    public string? TokenUser { get; init; }

    /// <summary>Whether the connect handler gave the info, so that a new token's does not take its place.</summary>
    public bool KeepsInfo { get; init; }

    /// <summary>Whether the connect handler gave the meta, so that a new token's does not take its place.</summary>
    public bool KeepsMeta { get; init; }

    /// <summary>When a client whose time is over goes unless the application has renewed it, on the hub's clock; 0 while its time is not over.</summary>
    public long RenewBy { get; init; }

    /// <summary>Whether the application is being asked.</summary>
    public bool IsRenewing { get; init; }
}
