namespace Duplex.Messaging.Polling;

/// <summary>A key that clients of this node track, with its current value. Guarded by the lock of its channel.</summary>
internal sealed class PollEntry(string key, Task loading)
{
    public string Key { get; } = key;

    /// <summary>Completes when the application has been polled for the key once.</summary>
    public Task Loading { get; } = loading;

    public int Trackers { get; set; }

    /// <summary>The version of the value; 0 until there is a value.</summary>
    public ulong Version { get; set; }

    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Whether the data is JSON.</summary>
    public bool IsJson { get; set; }

    public bool IsRemoved { get; set; }
}
