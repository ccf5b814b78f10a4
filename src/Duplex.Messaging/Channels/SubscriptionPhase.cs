namespace Duplex.Messaging.Channels;

/// <summary>The step of a map subscription. The numbers are those of the wire.</summary>
internal enum SubscriptionPhase
{
    /// <summary>The client receives changes as pushes.</summary>
    Live = 0,

    /// <summary>The client reads the changes since its first page.</summary>
    Stream = 1,

    /// <summary>The client reads the entries page by page.</summary>
    State = 2,
}
