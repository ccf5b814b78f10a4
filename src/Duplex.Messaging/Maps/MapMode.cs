namespace Duplex.Messaging.Maps;

/// <summary>What a map remembers besides its entries.</summary>
public enum MapMode
{
    /// <summary>Entries that expire, and no stream of changes: a client that returns loads all entries again.</summary>
    Ephemeral,

    /// <summary>Entries that expire, and a stream of changes from which a client that returns catches up.</summary>
    Recoverable,

    /// <summary>As <see cref="Recoverable"/>, but entries stay until they are removed.</summary>
    Persistent,
}
