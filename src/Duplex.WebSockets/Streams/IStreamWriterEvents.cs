namespace Duplex.WebSockets.Streams;

/// <summary>What a <see cref="StreamWriter"/> tells its connection, on the shard.</summary>
internal interface IStreamWriterEvents
{
    /// <summary>The queue has shrunk.</summary>
    void OnWritten();

    /// <summary>Nothing is queued and no write is in flight.</summary>
    void OnDrained();

    /// <summary>The stream takes no more bytes.</summary>
    void OnWriteFailed();
}
