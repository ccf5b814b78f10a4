using Duplex.Execution;

namespace Duplex.Messaging.Outbound;

/// <summary>How a kind of transport frames messages. Stateless and shared: the same frame goes to any number of clients.</summary>
public abstract class Framing
{
    /// <summary>Makes a frame of one message, whose bytes are copied. Safe from any thread.</summary>
    public abstract SharedFrame Frame(ReadOnlySpan<byte> message);
}
