using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Commands;

/// <summary>The clients that are in a channel.</summary>
internal sealed class PresenceResult : Result
{
    /// <summary>The clients by connection id.</summary>
    public required IReadOnlyDictionary<string, ClientInfo> Presence { get; init; }
}
