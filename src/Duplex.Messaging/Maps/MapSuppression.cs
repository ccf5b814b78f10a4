namespace Duplex.Messaging.Maps;

/// <summary>The cause for which a change to a map was suppressed.</summary>
public enum MapSuppression
{
    /// <summary>The change was made.</summary>
    None,

    /// <summary>A change with the same idempotency key was made before.</summary>
    Idempotency,

    /// <summary>The version of the change is not above the entry's.</summary>
    Version,

    /// <summary>The entry exists, and the change only adds.</summary>
    KeyExists,

    /// <summary>The entry does not exist, and the change only replaces or removes.</summary>
    KeyNotFound,
}
