namespace Duplex.Messaging.Channels;

/// <summary>The treatment of a channel's publications for a client that reads too slowly.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>The client is disconnected with code 3008, and recovers when it returns.</summary>
    Disconnect,

    /// <summary>Only the latest publication of each key is retained for the client; the others are dropped and counted.</summary>
    Conflate,

    /// <summary>The oldest retained publications are dropped and counted to make room for new ones.</summary>
    DropOldest,
}
