namespace Duplex.Messaging.Commands;

/// <summary>The kind of a <see cref="SubRefreshRequest"/>. The numbers are those of the wire.</summary>
internal enum SubRefreshType
{
    /// <summary>Refresh the subscription with a new token.</summary>
    Refresh = 0,

    /// <summary>Track keys.</summary>
    Track = 1,

    /// <summary>Stop tracking keys.</summary>
    Untrack = 2,
}
