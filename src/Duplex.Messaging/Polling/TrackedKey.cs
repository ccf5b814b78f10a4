namespace Duplex.Messaging.Polling;

/// <summary>A key that a client tracks.</summary>
/// <param name="entry">The node's entry of the key.</param>
internal sealed class TrackedKey(PollEntry entry)
{
    public PollEntry Entry { get; } = entry;

    /// <summary>The version that the client has.</summary>
    public ulong Version { get; set; }

    /// <summary>Whether the hub sent the client the value of that version, so that a patch against it may be sent.</summary>
    public bool HasBase { get; set; }

    /// <summary>Whether the reply with the first value is pending, so that no push is sent before it.</summary>
    public bool IsAwaited { get; set; } = true;

    /// <summary>The expiry of the signature on the hub's clock; 0 is never.</summary>
    public long ExpiresAt { get; set; }
}
