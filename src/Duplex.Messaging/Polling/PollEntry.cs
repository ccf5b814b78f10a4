namespace Duplex.Messaging.Polling;

/// <summary>A key that clients of this node track, and what is known of it. Guarded by its channel.</summary>
internal sealed class PollEntry(string key, Task loading)
{
    public string Key { get; } = key;

    /// <summary>Ends when the application has been asked for the key once.</summary>
    public Task Loading { get; } = loading;

    public int Trackers { get; set; }

    /// <summary>0 until something is known.</summary>
    public ulong Version { get; set; }

    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Whether the data is JSON.</summary>
    public bool IsJson { get; set; }

    public bool IsRemoved { get; set; }
}
