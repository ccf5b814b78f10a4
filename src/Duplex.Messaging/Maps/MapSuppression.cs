namespace Duplex.Messaging.Maps;

/// <summary>Why a change to a map was not made.</summary>
public enum MapSuppression
{
    /// <summary>It was made.</summary>
    None,

    /// <summary>Its idempotency key was seen before.</summary>
    Idempotency,

    /// <summary>Its version is not above the entry's.</summary>
    Version,

    /// <summary>The entry exists, and was to be new.</summary>
    KeyExists,

    /// <summary>The entry does not exist, and was to be replaced or removed.</summary>
    KeyNotFound,
}
