namespace Duplex.Messaging.Tests.Access;

/// <summary>The commands about a channel that options and a handler of their own allow.</summary>
public enum ChannelCommand
{
    /// <summary>Publishes to a stream.</summary>
    Publish,

    /// <summary>Publishes an entry of a map.</summary>
    MapPublish,

    /// <summary>Removes an entry of a map.</summary>
    MapRemove,

    /// <summary>Reads presence.</summary>
    Presence,

    /// <summary>Counts presence.</summary>
    PresenceStats,

    /// <summary>Reads history.</summary>
    History,
}
