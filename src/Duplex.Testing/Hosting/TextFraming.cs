using Duplex.Execution;
using Duplex.Messaging.Outbound;

namespace Duplex.Testing.Hosting;

/// <summary>A framing that stores each JSON message in a frame of its own.</summary>
internal sealed class TextFraming : Framing
{
    public override SharedFrame Frame(ReadOnlySpan<byte> message) => new TextFrame(message.ToArray());

    internal sealed class TextFrame(byte[] text) : SharedFrame
    {
        public byte[] Text => text;

        public override int Length => text.Length;

        protected override void Free()
        {
        }
    }
}
