namespace Duplex.Messaging.Channels;

/// <summary>What a client that returns gets of what it missed.</summary>
public enum RecoveryMode
{
    /// <summary>Each missed publication once, in order, or the honest answer that they are gone.</summary>
    Stream,

    /// <summary>The latest publication only.</summary>
    Cache,
}
