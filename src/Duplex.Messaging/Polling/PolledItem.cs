namespace Duplex.Messaging.Polling;

/// <summary>What the application knows of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Data">Its value, as JSON without line breaks or bytes for binary clients.</param>
/// <param name="Version">Rises with each change; looked at only where the namespace's values have versions (<see cref="PollOptions.IsVersioned"/>).</param>
public sealed record PolledItem(string Key, ReadOnlyMemory<byte> Data, ulong Version = 0)
{
    /// <summary>Whether the key is gone: those who track it are told, and track it no longer.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Says that a key is gone.</summary>
    public static PolledItem Removed(string key) => new(key, default) { IsRemoved = true };
}
