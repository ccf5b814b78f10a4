namespace Duplex.Messaging.Polling;

/// <summary>The application's value of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Data">The value: JSON without line breaks, or bytes for binary clients.</param>
/// <param name="Version">The version, which increases with each change; used only when the namespace's values have versions (<see cref="PollOptions.IsVersioned"/>).</param>
public sealed record PolledItem(string Key, ReadOnlyMemory<byte> Data, ulong Version = 0)
{
    /// <summary>Whether the key was removed: the clients that track it are notified and stop tracking it.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Creates the item of a key that was removed.</summary>
    public static PolledItem Removed(string key) => new(key, default) { IsRemoved = true };
}
