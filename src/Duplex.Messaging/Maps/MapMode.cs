namespace Duplex.Messaging.Maps;

/// <summary>The state that a map retains besides its entries.</summary>
public enum MapMode
{
    /// <summary>Entries that expire, without a stream of changes: a returning client loads all entries again.</summary>
    Ephemeral,

    /// <summary>Entries that expire, with a stream of changes from which a returning client catches up.</summary>
    Recoverable,

    /// <summary>As <see cref="Recoverable"/>, but entries remain until they are removed.</summary>
    Persistent,
}
