using System.Collections.ObjectModel;

namespace Duplex.Messaging.Clients;

/// <summary>What few clients have, kept apart so that the others need no room for it.</summary>
internal sealed class ClientDetails
{
    public static ClientDetails None { get; } = new();

    public ReadOnlyMemory<byte> Meta { get; init; }

    public IReadOnlyDictionary<string, string> EmulatedHeaders { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
