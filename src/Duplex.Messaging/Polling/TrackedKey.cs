namespace Duplex.Messaging.Polling;

/// <summary>A key a client tracks.</summary>
/// <param name="entry">What the node knows of it.</param>
internal sealed class TrackedKey(PollEntry entry)
{
    public PollEntry Entry { get; } = entry;

    /// <summary>The version the client has.</summary>
    public ulong Version { get; set; }

    /// <summary>Whether the client got the value of that version from here, so that a patch against it may be sent.</summary>
    public bool HasBase { get; set; }

    /// <summary>Whether the reply that brings its first value is still to come, so that no push should.</summary>
    public bool IsAwaited { get; set; } = true;

    /// <summary>When the right to track it ends, on the hub's clock; 0 never.</summary>
    public long ExpiresAt { get; set; }
}
