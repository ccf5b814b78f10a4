using System.Collections.ObjectModel;

namespace Duplex.Messaging.Clients;

/// <summary>State that few clients have, in an object of its own so that other clients allocate nothing for it.</summary>
internal sealed record ClientExtras
{
    public static ClientExtras None { get; } = new();

    public ReadOnlyMemory<byte> Meta { get; init; }

    public IReadOnlyDictionary<string, string> EmulatedHeaders { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The user in the client's tokens when the connect handler replaced it; null: the client's user.</summary>
    public string? TokenUser { get; init; }

    /// <summary>Whether the connect handler supplied the info, so that a new token does not replace it.</summary>
    public bool KeepsInfo { get; init; }

    /// <summary>Whether the connect handler supplied the meta, so that a new token does not replace it.</summary>
    public bool KeepsMeta { get; init; }

    /// <summary>The end of the grace period of an expired connection on the hub's clock; 0 while the connection has not expired.</summary>
    public long RenewBy { get; init; }

    /// <summary>Whether a call of the refresh handler is pending.</summary>
    public bool IsRenewing { get; init; }
}
