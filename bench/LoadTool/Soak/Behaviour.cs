namespace LoadTool.Soak;

/// <summary>How a soak connection treats the server.</summary>
internal enum Behaviour
{
    /// <summary>Sends a message now and then and checks that all of it comes back; its delay is measured.</summary>
    Echo,

    /// <summary>Sends many messages at once and leaves the answers unread for seconds.</summary>
    SlowReader,

    /// <summary>Sends half a handshake and then nothing.</summary>
    HalfHandshake,

    /// <summary>Shakes hands, then never sends a byte again, pongs included.</summary>
    HalfOpen,

    /// <summary>Sends a message or two and leaves: by close handshake, by shutting down, or by reset.</summary>
    Churn,
}
