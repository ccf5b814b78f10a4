namespace LoadTool.Soak;

/// <summary>Behaviour of a soak connection.</summary>
internal enum Behaviour
{
    /// <summary>Sends occasional messages and verifies that each returns whole; the delay is measured.</summary>
    Echo,

    /// <summary>Sends many messages at once and does not read the echoes for seconds.</summary>
    SlowReader,

    /// <summary>Sends half a handshake and no further bytes.</summary>
    HalfHandshake,

    /// <summary>Completes the handshake and then sends nothing, including pongs.</summary>
    HalfOpen,

    /// <summary>Sends one or two messages and ends the connection by close handshake, shutdown or reset.</summary>
    Churn,
}
