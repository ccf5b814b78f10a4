namespace Showcase.Lab;

/// <summary>A way of transport that the server counts. The hub's bytes are those of its line.</summary>
internal enum LabWay
{
    /// <summary>Polling with a connection for each request.</summary>
    PollClose,

    /// <summary>Polling on a connection that is kept alive.</summary>
    Poll,

    /// <summary>Requests that wait for the next event.</summary>
    LongPoll,

    /// <summary>Server-sent events.</summary>
    Sse,

    /// <summary>A WebSocket without the hub.</summary>
    Socket,

    /// <summary>Messages of the browser as HTTP requests.</summary>
    Post,

    /// <summary>Messages of the browser on a WebSocket.</summary>
    Send,
}
