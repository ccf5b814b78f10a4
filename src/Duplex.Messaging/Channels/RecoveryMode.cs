namespace Duplex.Messaging.Channels;

/// <summary>The publications that a returning client recovers.</summary>
public enum RecoveryMode
{
    /// <summary>Each missed publication once, in order, or a report that they are no longer retained.</summary>
    Stream,

    /// <summary>The latest publication only.</summary>
    Cache,
}
