using Duplex.Execution;

namespace Duplex.Messaging.Outbound;

/// <summary>The framing of a kind of transport. Stateless and shared: the same frame is sent to any number of clients.</summary>
internal abstract class Framing
{
    /// <summary>Creates a frame of one message, whose bytes are copied. Safe from any thread.</summary>
    public abstract SharedFrame Frame(ReadOnlySpan<byte> message);
}
