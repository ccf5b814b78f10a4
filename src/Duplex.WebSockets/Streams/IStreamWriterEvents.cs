namespace Duplex.WebSockets.Streams;

/// <summary>Receives the events of a <see cref="StreamWriter"/>, on the shard.</summary>
internal interface IStreamWriterEvents
{
    /// <summary>Occurs when bytes have left the queue.</summary>
    void OnWritten();

    /// <summary>Occurs when the queue is empty and no write is in flight.</summary>
    void OnDrained();

    /// <summary>Occurs when the stream accepts no more bytes.</summary>
    void OnWriteFailed();
}
