namespace Duplex.Messaging.Channels;

/// <summary>What happens to a channel's publications for a client that reads too slowly.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>The client is disconnected with code 3008, and recovers when it returns.</summary>
    Disconnect,

    /// <summary>Only the latest publication of each key is kept for the client; those between are dropped and counted.</summary>
    Conflate,

    /// <summary>The oldest kept publications make room for new ones; they are counted.</summary>
    DropOldest,
}
