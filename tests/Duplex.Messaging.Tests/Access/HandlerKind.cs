namespace Duplex.Messaging.Tests.Access;

/// <summary>What the application maps for a command, and how it behaves.</summary>
public enum HandlerKind
{
    /// <summary>No handler.</summary>
    Absent,

    /// <summary>Allows at once.</summary>
    Allows,

    /// <summary>Allows after a wait.</summary>
    AllowsLater,

    /// <summary>Denies without a code.</summary>
    Denies,

    /// <summary>Denies with an error of its own.</summary>
    DeniesWithError,

    /// <summary>Denies by a disconnect of its own.</summary>
    DeniesWithDisconnect,

    /// <summary>Returns null, as a handler does that forgets its decision.</summary>
    ReturnsNull,

    /// <summary>Throws an exception that nobody expects.</summary>
    Throws,

    /// <summary>Throws after a wait.</summary>
    ThrowsLater,

    /// <summary>Throws an error for the client.</summary>
    ThrowsError,

    /// <summary>Throws a disconnect for the client.</summary>
    ThrowsDisconnect,

    /// <summary>Throws as a cancelled call does.</summary>
    ThrowsCancellation,

    /// <summary>Does not return within its time limit.</summary>
    TimesOut,
}
